// Slices of still pictures become pictures.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import { Observable } from './observable.ts';
import { type StillPictures, StillsIn } from './stills-in.ts';

const screen = TrackId.parse('screen');
const slice = (still: number, offset: number, bytes: number[], size = 4) => ({
  ...{ type: 'still-part' as const, trackId: screen, participantId: ParticipantId.parse('teacher'), mime: 'image/webp' as const },
  ...{ width: 1280, height: 720, still, offset, size, bytes: new Uint8Array(bytes) },
});

let made: Blob[];
let givenBack: string[];
beforeEach(() => {
  [made, givenBack] = [[], []];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) made.push(blob);
    return `blob:${made.length}`;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void givenBack.push(url));
});
afterEach(() => vi.restoreAllMocks());

test('a picture is shown when it is whole, and takes the place of the one before', async () => {
  const pictures = new Observable<StillPictures>(new Map());
  const stills = new StillsIn(pictures);
  stills.part(slice(1, 0, [1, 2]));
  expect(pictures.value.size).toBe(0);
  stills.part(slice(1, 2, [3, 4]));
  expect(pictures.value.get(screen)).toEqual({ url: 'blob:1', width: 1280, height: 720 });
  expect([...new Uint8Array((await made[0]?.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual([1, 2, 3, 4]);
  stills.part(slice(2, 0, [5, 6, 7, 8]));
  expect(pictures.value.get(screen)?.url).toBe('blob:2');
  expect(givenBack).toEqual(['blob:1']);
  stills.close();
  expect(givenBack).toEqual(['blob:1', 'blob:2']);
});

test('one whose beginning or middle was missed is left out, told twice it does no harm, and the next one is shown', () => {
  const pictures = new Observable<StillPictures>(new Map());
  const stills = new StillsIn(pictures);
  stills.part(slice(1, 2, [3, 4]));
  stills.part(slice(2, 0, [1]));
  stills.part(slice(2, 2, [3, 4]));
  expect(pictures.value.size).toBe(0);
  stills.part(slice(3, 0, [1, 2]));
  stills.part(slice(3, 0, [1, 2]));
  stills.part(slice(3, 2, [3, 4]));
  stills.part(slice(3, 2, [3, 4]));
  expect(made).toHaveLength(1);
});

test('a picture is given back when its screen moves again or has ended, and those of others stay', () => {
  const pictures = new Observable<StillPictures>(new Map());
  const stills = new StillsIn(pictures);
  stills.part(slice(1, 0, [1, 2, 3, 4]));
  stills.keep(ParticipantId.parse('student'), new Set());
  stills.keep(ParticipantId.parse('teacher'), new Set([screen]));
  expect(pictures.value.size).toBe(1);
  stills.keep(ParticipantId.parse('teacher'), new Set());
  expect(pictures.value.size).toBe(0);
  stills.part(slice(2, 0, [1, 2, 3, 4]));
  stills.forget(screen);
  expect(pictures.value.size).toBe(0);
  expect(givenBack).toEqual(['blob:1', 'blob:2']);
});
