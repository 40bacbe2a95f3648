// Whether anything comes of a track, told apart from a line that carries nothing at all (W45, W46).
import type { Instant } from '../contract/ids.ts';

/** As counted at a moment: of the track, and of everything that came from the device. */
export interface Count {
  readonly at: Instant;
  readonly packets: number;
  /** Of the smallest layer: a short line takes the others away. */
  readonly bytes: number;
  readonly lineBytes: number;
}

export interface Coming {
  readonly latest: Count;
  /** Since when the line has carried something, and nothing of the track. */
  readonly nothingSince: Instant;
}

/** Two measurements, and what lies between them. */
const nothingForMs = 9_000;

export function afterCount(before: Coming | null, latest: Count): Coming {
  // A counter that fell is another's: of a new transport, or of the track as it was published again.
  const stands = before !== null && latest.packets === before.latest.packets && latest.lineBytes > before.latest.lineBytes;
  return { latest, nothingSince: stands ? before.nothingSince : latest.at };
}

export function isMissing({ latest, nothingSince }: Coming): boolean {
  return latest.at - nothingSince >= nothingForMs;
}
