// Lets this browser show notifications while the site is closed, and stops it. No React here.

import { PushSubscribe } from '../../server/contract/notification.ts';
import { notificationRoutes } from '../../server/contract/routes-notification.ts';
import { api } from '../app/api.ts';

const worker = import.meta.env.DEV ? '/service-worker.ts' : '/service-worker.js';

export type PushState = 'unsupported' | 'denied' | 'ready';

export function pushState(): PushState {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : 'ready';
}

/** False: the person, or the browser for them, said no. Call it from a press: browsers ask only then. */
export async function subscribeHere(key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const registration = await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  // With the key of another server, as after a move, the browser would refuse.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await api(notificationRoutes.subscribePush, { body: PushSubscribe.parse({ ...subscription.toJSON(), name: browserName() }) });
  return true;
}

/** The id that the server gives to this browser; null without a subscription. */
export async function deviceHere(): Promise<string | null> {
  const subscription = await subscriptionHere();
  if (!subscription) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subscription.endpoint));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** Before signing out: who uses this browser next is not shown what is meant for this person. Never rejects. */
export async function forgetHere(): Promise<void> {
  try {
    const subscription = await subscriptionHere();
    if (!subscription) return;
    await api(notificationRoutes.unsubscribePush, { body: { endpoint: subscription.endpoint } }).catch(() => undefined);
    await subscription.unsubscribe();
  } catch {
    // Signing out goes on; the push service will tell the server that nobody is there.
  }
}

/** After signing in: a browser that was left to somebody else shows no more of what is meant for the one before. Never rejects. */
export async function forgetOthersHere(): Promise<void> {
  try {
    const here = await deviceHere();
    if (here === null) return;
    const { push } = await api(notificationRoutes.notificationSettings);
    if (!push.devices.some((device) => device.id === here)) await (await subscriptionHere())?.unsubscribe();
  } catch {
    // Without an answer nothing is known of whose it is; the next sign-in asks again.
  }
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (pushState() === 'unsupported') return null;
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription()) ?? null;
}

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['YaBrowser/', 'Yandex'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** Chrome, Android */
function browserName(): string {
  const find = (list: readonly (readonly [string, string])[]) => list.find(([sign]) => navigator.userAgent.includes(sign))?.[1];
  return [find(BROWSERS), find(SYSTEMS)].filter((part) => part !== undefined).join(', ');
}
