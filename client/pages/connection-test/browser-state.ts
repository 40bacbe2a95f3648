// What this browser can do for a class, and whether it may use microphone and camera, asked without a question to the person.
import type { types } from 'mediasoup-client';
import type { BrowserLack, DeviceState } from '../../../server/contract/connection-test.ts';

/** Before a media device could be made: what is missing at all. */
export function earlyLacks(): BrowserLack[] {
  const lacks: BrowserLack[] = [];
  if (!isSecureContext) lacks.push('secure-page');
  if (!('RTCPeerConnection' in globalThis)) lacks.push('calls');
  if (!('WebSocket' in globalThis)) lacks.push('websocket');
  if (isSecureContext && !navigator.mediaDevices?.getDisplayMedia) lacks.push('screen');
  return lacks;
}

export function codecLacks(device: types.Device): BrowserLack[] {
  const plays = (kind: 'audio' | 'video') =>
    device.canProduce(kind) && (device.recvRtpCapabilities.codecs ?? []).some((codec) => codec.kind === kind);
  return [...(plays('audio') ? [] : ['sound-codec' as const]), ...(plays('video') ? [] : ['picture-codec' as const])];
}

export async function deviceState(what: 'microphone' | 'camera'): Promise<DeviceState> {
  if (!navigator.mediaDevices) return 'insecure';
  const listed = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const kind = what === 'microphone' ? 'audioinput' : 'videoinput';
  if (listed.length > 0 && !listed.some((device) => device.kind === kind)) return 'none';
  try {
    const { state } = await navigator.permissions.query({ name: what });
    return state === 'granted' ? 'allowed' : state === 'denied' ? 'denied' : 'unasked';
  } catch {
    // Not every browser tells it before it is asked.
    return 'unasked';
  }
}

const openWithinMs = 6_000;

/** Whether the line for messages can be had: the server greets a socket before it asks who it is. */
export function tryWebSocket(): Promise<boolean> {
  return new Promise((resolve) => {
    const address = new URL('/socket.io/?EIO=4&transport=websocket', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    const end = (works: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(works);
    };
    const timer = setTimeout(() => end(false), openWithinMs);
    socket.onmessage = () => end(true);
    socket.onerror = () => end(false);
  });
}
