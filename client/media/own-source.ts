// One thing that this device sends (microphone, camera or screen) as the interface shows it.
import type { PauseReason } from '../../server/contract/reasons.ts';
import type { FailureCode } from '../session/outcome.ts';
import type { DeviceTrouble } from './devices.ts';

/** Why it is not as the person wished: their device, or the server's answer. */
export type Trouble = { readonly kind: 'device'; readonly code: DeviceTrouble } | { readonly kind: 'server'; readonly code: FailureCode };

/** What is needed of a track here; a test has its own. */
export type Stoppable = Pick<MediaStreamTrack, 'stop' | 'addEventListener' | 'removeEventListener'>;

export interface OwnSource<T extends Stoppable = MediaStreamTrack> {
  readonly status: 'off' | 'starting' | 'on';
  readonly track: T | null;
  /** What holds it back while it is on; nothing leaves the device until this is empty. */
  readonly pausedBy: readonly PauseReason[];
  readonly trouble: Trouble | null;
}

export const sourceOff: OwnSource<never> = { status: 'off', track: null, pausedBy: [], trouble: null };

/** Others hear or see it, or would as soon as the class is entered. */
export function isLive(source: Pick<OwnSource, 'status' | 'pausedBy'>): boolean {
  return source.status === 'on' && source.pausedBy.length === 0;
}

export function offBecause(trouble: Trouble): OwnSource<never> {
  return { ...sourceOff, trouble };
}
