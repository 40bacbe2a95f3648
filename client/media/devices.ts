// Microphones, cameras and speakers of this device: which there are, which were chosen, opening them, and why one cannot be opened.
import { readStored, writeStored } from '../i18n/stored.ts';
import { Observable } from './observable.ts';

/** Why a device could not be opened, or stopped by itself. */
export type DeviceTrouble =
  | 'denied' // the person or the browser's setting said no
  | 'blocked-by-system' // the operating system keeps the browser from it
  | 'none' // there is no such device
  | 'in-use' // another program holds it
  | 'insecure' // the page was not loaded over HTTPS
  | 'lost' // it was unplugged
  | 'failed';

/** No trouble and no value: the person closed the browser's own choice without choosing. */
export type Opened<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: DeviceTrouble | null };

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface DeviceChoice {
  readonly id: string;
  /** Empty until the person has allowed the use of one device of this kind. */
  readonly label: string;
}

export type DeviceList = { readonly [K in DeviceKind]: readonly DeviceChoice[] };

const kindOf: Readonly<Record<MediaDeviceKind, DeviceKind>> = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' };

const none: DeviceList = { microphone: [], camera: [], speaker: [] };

export const devices = new Observable<DeviceList>(none);

export async function refreshDevices(): Promise<void> {
  if (!navigator.mediaDevices) return;
  const lists: Record<DeviceKind, DeviceChoice[]> = { microphone: [], camera: [], speaker: [] };
  for (const { kind, deviceId, label } of await navigator.mediaDevices.enumerateDevices()) {
    // Chromium lists each default a second time under this name; the plain entries are enough.
    if (deviceId === 'communications' || deviceId === '') continue;
    lists[kindOf[kind]].push({ id: deviceId, label });
  }
  devices.set(lists);
}

/** Follows devices that come and go, until the signal ends it. */
export function watchDevices(signal: AbortSignal): void {
  void refreshDevices();
  navigator.mediaDevices?.addEventListener('devicechange', () => void refreshDevices(), { signal });
}

export function chosenDevice(kind: DeviceKind): string | undefined {
  return readStored(`auditoria.device.${kind}`);
}

export function chooseDevice(kind: DeviceKind, id: string): void {
  writeStored(`auditoria.device.${kind}`, id);
}

export function openMicrophone(): Promise<Opened<MediaStreamTrack>> {
  return openTrack({
    audio: { ...wanted('microphone'), channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
}

/** 960×540 carries three layers and is kind to laptops; phones encode no more than 640×360. */
export function openCamera(): Promise<Opened<MediaStreamTrack>> {
  const phone = matchMedia('(pointer: coarse) and (max-width: 700px)').matches;
  const size = phone ? { width: { ideal: 640 }, height: { ideal: 360 } } : { width: { ideal: 960 }, height: { ideal: 540 } };
  return openTrack({ video: { ...wanted('camera'), ...size, frameRate: { ideal: 24, max: 30 } } });
}

export interface ScreenTracks {
  readonly picture: MediaStreamTrack;
  readonly sound: MediaStreamTrack | null;
}

export async function openScreen(): Promise<Opened<ScreenTracks>> {
  if (!navigator.mediaDevices?.getDisplayMedia) return { ok: false, trouble: isSecureContext ? 'none' : 'insecure' };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 10, max: 15 }, width: { max: 1920 }, height: { max: 1080 } },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const picture = stream.getVideoTracks()[0];
    if (!picture) return { ok: false, trouble: 'failed' };
    picture.contentHint = 'detail';
    return { ok: true, value: { picture, sound: stream.getAudioTracks()[0] ?? null } };
  } catch (error) {
    const trouble = troubleOf(error);
    return { ok: false, trouble: trouble === 'denied' ? null : trouble };
  }
}

function wanted(kind: DeviceKind): MediaTrackConstraints {
  const id = chosenDevice(kind);
  // "ideal": a headset that stayed at home must not keep its owner silent.
  return id ? { deviceId: { ideal: id } } : {};
}

async function openTrack(constraints: MediaStreamConstraints): Promise<Opened<MediaStreamTrack>> {
  if (!navigator.mediaDevices) return { ok: false, trouble: isSecureContext ? 'none' : 'insecure' };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    // Labels are told only after the first permission.
    void refreshDevices();
    const track = stream.getTracks()[0];
    return track ? { ok: true, value: track } : { ok: false, trouble: 'failed' };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
}

/** The names are those of the Media Capture and Streams specification (W3C), section on getUserMedia. */
function troubleOf(error: unknown): DeviceTrouble {
  if (!(error instanceof DOMException)) return 'failed';
  switch (error.name) {
    case 'NotAllowedError':
      return /system/i.test(error.message) ? 'blocked-by-system' : 'denied';
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'failed';
  }
}
