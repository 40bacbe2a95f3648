// Voices that were recorded softly beside others: the loud ones are turned down, since an element cannot be turned up.

/** As far as the loudest are turned down for the softest. */
const mostDb = 8;

/**
 * Volume by track, 0 to 1; tracks that are missing play at `rest`.
 * No Web Audio: on phones it stops with the screen, and Safari gives it no sound of a managed source.
 */
export function volumesOf(gains: readonly { readonly trackId: string; readonly db: number }[]): {
  readonly of: (trackId: string) => number;
} {
  const byTrack = new Map(gains.map(({ trackId, db }) => [trackId, db]));
  const headroomDb = Math.min(mostDb, Math.max(0, ...byTrack.values()));
  const volume = (db: number) => Math.min(1, 10 ** ((db - headroomDb) / 20));
  return { of: (trackId) => volume(byTrack.get(trackId) ?? 0) };
}
