// Brings back someone who looks elsewhere: two soft notes, a tremble of the phone, and a notification where the browser was allowed to show one.
import { chosenDevice } from '../../media/devices.ts';
import { playTestSound } from '../../media/speaking.ts';

const tag = 'presence-check';

export function callSoftly(): void {
  void playTestSound(chosenDevice('speaker')).catch(() => undefined);
  // Phones that lie on the table; other browsers do not know it.
  if ('vibrate' in navigator) navigator.vibrate([150, 100, 150]);
}

/** Only when the page is not to be seen. The answered function takes it away again. */
export function notifyAway(title: string, body: string): () => void {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return () => undefined;
  let shown: Notification | null = null;
  const show = async () => {
    const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration('/') : undefined;
    if (registration) return registration.showNotification(title, { body, tag, data: { path: location.pathname } });
    // Phones only know the way above, and throw.
    shown = new Notification(title, { body, tag });
    shown.onclick = () => window.focus();
  };
  const done = show().catch(() => undefined);
  return () => void done.then(() => takeAway(shown));
}

async function takeAway(shown: Notification | null): Promise<void> {
  shown?.close();
  const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration('/') : undefined;
  for (const one of (await registration?.getNotifications({ tag })) ?? []) one.close();
}
