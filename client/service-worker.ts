// Shows what the server pushes while the site is closed, and opens the lesson when it is pressed. It stands in no request's way.
export {};

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pushed extends Extendable {
  readonly data: { json(): unknown } | null;
}
interface Clicked extends Extendable {
  readonly notification: Notification;
}
interface Renewed extends Extendable {
  readonly oldSubscription: PushSubscription | null;
}
interface Windows {
  matchAll(which: {
    type: 'window';
    includeUncontrolled: boolean;
  }): Promise<readonly { readonly url: string; focus(): Promise<unknown> }[]>;
  openWindow(address: string): Promise<unknown>;
}
// What a service worker has beside a page's globals; the types of both cannot be loaded together.
declare const registration: ServiceWorkerRegistration;
declare const clients: Windows;

const isPushed = (event: Event): event is Pushed => event.type === 'push';
const isClicked = (event: Event): event is Clicked => event.type === 'notificationclick';
const isRenewed = (event: Event): event is Renewed => event.type === 'pushsubscriptionchange';

addEventListener('push', (event) => {
  if (isPushed(event)) event.waitUntil(show(event.data?.json()));
});
addEventListener('notificationclick', (event) => {
  if (!isClicked(event)) return;
  event.notification.close();
  const data: unknown = event.notification.data;
  event.waitUntil(open(pathIn(data)));
});
addEventListener('pushsubscriptionchange', (event) => {
  if (isRenewed(event)) event.waitUntil(renew(event.oldSubscription));
});

/** As server/notification/compose-push.ts writes it. */
async function show(payload: unknown): Promise<void> {
  const { title = 'Auditoria', body = '', tag = '', language = '' } = wordsIn(payload);
  await registration.showNotification(title, { body, tag, lang: language, data: { path: pathIn(payload) } });
}

function wordsIn(payload: unknown): Partial<Record<'title' | 'body' | 'tag' | 'language' | 'path', string>> {
  if (typeof payload !== 'object' || payload === null) return {};
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => typeof value === 'string'));
}

/** Only ever a page of ours. */
function pathIn(data: unknown): string {
  const { path = '/' } = wordsIn(data);
  return new URL(path, location.origin).origin === location.origin ? path : '/';
}

/** A window that shows something else stays as it is: a class may be running in it. */
async function open(path: string): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === path);
  await (there ? there.focus() : clients.openWindow(path));
}

/** Browsers give a device a new address now and then. */
async function renew(old: PushSubscription | null): Promise<void> {
  if (!old?.options.applicationServerKey) return;
  const subscription = await registration.pushManager.subscribe(old.options);
  const { endpoint, keys } = subscription.toJSON();
  await fetch('/api/notifications/devices', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'auditoria' },
    body: JSON.stringify({ endpoint, keys }),
  });
}
