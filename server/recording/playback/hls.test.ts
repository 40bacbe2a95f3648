// The lists that HLS players read: what a running class has told once is never taken back, and no text of a person gets out of its place.
import { expect, it } from 'vitest';
import { FragmentLine, RecordingManifest } from '../../contract/recording.ts';
import { masterPlaylist, mediaPlaylist } from './hls.ts';

/** Fragments of half a second; every third begins on a key frame. */
const lines = Array.from({ length: 60 }, (_, nth) => FragmentLine.parse([nth * 500, 500, 100 + nth * 10, 10, nth % 3 === 0 ? 1 : 0]));

function classOf(fragments: number, open: boolean, name = 'N', mime = 'video/mp4; codecs="avc1.42e01f"') {
  const part = {
    file: 'p0001.mp4',
    index: 'p0001.jsonl',
    mime,
    startMs: 0,
    endMs: fragments * 500,
    initBytes: 100,
    bytes: 100 + fragments * 10,
    open,
  };
  const tracks = [{ trackId: 't', participantId: 'p', name, source: 'camera', parts: [part] }];
  const about = { id: 'r', lessonId: 'l', state: open ? 'recording' : 'ended', startedAt: 0, pauses: [], gaps: [], cuts: [] };
  return RecordingManifest.parse({ ...about, durationMs: fragments * 500, tracks });
}

const listOf = (fragments: number, open: boolean): string => {
  const manifest = classOf(fragments, open);
  const [track] = manifest.tracks;
  if (track === undefined) throw new Error('no track');
  return mediaPlaylist(manifest, track, () => lines.slice(0, fragments));
};
const segmentsOf = (list: string): string[] => list.match(/#EXTINF.*\n#EXT-X-BYTERANGE.*\n.*\n/g) ?? [];

it('V50 a list of a running class only grows, and ends with the class', () => {
  let before: string[] = [];
  for (let fragments = 1; fragments <= lines.length; fragments += 1) {
    const list = listOf(fragments, true);
    const now = segmentsOf(list);
    expect(now.slice(0, before.length)).toEqual(before);
    expect(list).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
    expect(list).not.toContain('ENDLIST');
    before = now;
  }
  const ended = listOf(lines.length, false);
  expect(segmentsOf(ended).slice(0, before.length)).toEqual(before);
  expect(ended).toContain('#EXT-X-ENDLIST');
});

it('V50 lists every fragment once, in pieces that begin on a key frame', () => {
  const ranges = [...listOf(lines.length, false).matchAll(/BYTERANGE:(\d+)@(\d+)/g)].map(
    ([, bytes, at]) => [Number(at), Number(bytes)] as const,
  );
  let next = 100;
  for (const [at, bytes] of ranges) {
    expect(at).toBe(next);
    expect(lines.find(([, , offset]) => offset === at)?.[4]).toBe(1);
    next = at + bytes;
  }
  expect(next).toBe(100 + lines.length * 10);
});

it('V50 a name cannot write a line of its own into the list', () => {
  const master = masterPlaylist(classOf(3, false, 'A",URI="https://elsewhere"\n#EXT-X-ENDLIST')) ?? '';
  expect(master.match(/URI="/g)).toHaveLength(1);
  expect(master).not.toContain('\n#EXT-X-ENDLIST');
});

it('V50 there is none of what is no fragmented MP4', () => {
  expect(masterPlaylist(classOf(3, false, 'N', 'video/webm; codecs="vp8"'))).toBeNull();
});
