// The face behind which all servers under comparison stand: people come in, send, receive.
import type { LoadPeer } from '../loadgen/generator.ts';
import type { TrackPlan } from '../loadgen/tracks.ts';

export interface Visit {
  readonly room: number;
  /** 0 is the teacher. */
  readonly seat: number;
  /** Sent by `sender`; empty: only listens. */
  readonly sends: readonly TrackPlan[];
  readonly sender: LoadPeer | null;
  /** Null: only sends. */
  readonly receiver: LoadPeer | null;
}

export interface Attendee {
  /** Resolves when so many tracks of others are subscribed and flow, over a path that is encrypted and open. */
  receives(tracks: number): Promise<void>;
}

export interface Subject {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the person is in and what it sends is taken. */
  enter(visit: Visit): Promise<Attendee>;
  close(): Promise<void>;
}
