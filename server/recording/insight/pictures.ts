// Looks at the key frames of a recording's pictures: the storyboard, the thumbnail, and when shared screens changed.
import { rm } from 'node:fs/promises';
import { DerivedFile, type FragmentLine, type RecordingPart, type RecordingTrack } from '../../contract/recording.ts';
import type { Storyboard } from '../../contract/recording-page.ts';
import { frameAt, framesPerSecond, layoutOf, type Segment } from '../exports/layout.ts';
import type { Making } from '../exports/making.ts';
import { copyLines, linesOf } from '../exports/source.ts';
import type { Insight } from './insight.ts';
import { detailOf, sheetOf, storyboardOf, tile, tileBytes } from './sheets.ts';
import { changedShare, type Still, slidesIn } from './slides.ts';

/** Decoded at once: some forty megabytes of the working folder and of memory at most. */
const stillsAtOnce = 200;
/** Key frames of a screen that lie closer are not all looked at. */
const leastApartMs = 3000;

type Found = Pick<Insight, 'storyboard' | 'thumbnail' | 'slides'>;
type Tile = { readonly part: RecordingPart; readonly line: FragmentLine; pixels: Buffer | null };

export async function look(making: Making, speech: Insight['speech'], reached: (share: number) => Promise<void>): Promise<Found> {
  const { manifest, watching, folder } = making;
  const tracks = manifest.tracks.filter(({ source }) => source === 'screen' || source === 'camera');
  const slides: Insight['slides'] = [];
  if (tracks.length === 0) return { storyboard: null, thumbnail: null, slides };
  const storyboard = storyboardOf(watching.lengthMs);
  const segments = layoutOf({ manifest, watching, speech, mostMs: Number.POSITIVE_INFINITY });
  const tiles: (Tile | null)[] = Array.from({ length: storyboard.count }, () => null);
  const whole = tracks.flatMap(({ parts }) => parts).length;
  let done = 0;
  for (const track of tracks) {
    for (const part of track.parts) {
      for (const atMs of await lookAt(making, track, part, tilesOf(part, storyboard, segments), tiles))
        slides.push({ atMs, participantId: track.participantId, name: track.name });
      done++;
      await reached((0.9 * done) / whole);
    }
  }
  for (const [n, name] of storyboard.sheets.entries()) {
    const sheet = sheetOf(
      tiles.map((one) => one?.pixels ?? null),
      n,
    );
    const raw = ['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${sheet.width}x${sheet.height}`, '-i', 'pipe:0'];
    await folder.write(name, await jpeg(making, raw, sheet.pixels));
  }
  const thumbnail = await thumbnailOf(making, tiles);
  return { storyboard, thumbnail, slides: slides.toSorted((a, b) => a.atMs - b.atMs) };
}

/** Those tiles on which this part is what is seen large, with their class time. */
function tilesOf(part: RecordingPart, { everyMs, count }: Storyboard, segments: readonly Segment[]): Map<number, number> {
  const found = new Map<number, number>();
  for (let n = 0; n < count; n++) {
    const frame = frameAt(n * everyMs);
    const segment = segments.find(({ fromFrame, toFrame }) => fromFrame <= frame && frame < toFrame);
    if (!segment || segment.scene.kind === 'card') continue;
    const large = segment.scene.kind === 'screen' ? segment.scene.screen : segment.scene.camera;
    if (large === part) found.set(n, segment.classMs + n * everyMs - (segment.fromFrame * 1000) / framesPerSecond);
  }
  return found;
}

/** Fills the tiles; answers when the picture changed as a whole, for a screen. */
async function lookAt(
  making: Making,
  { source }: RecordingTrack,
  part: RecordingPart,
  wanted: ReadonlyMap<number, number>,
  tiles: (Tile | null)[],
): Promise<number[]> {
  const lines = await linesOf(making, part);
  const keys = lines.filter(([, , , , key]) => key === 1);
  const first = keys[0];
  if (!first) return [];
  const lineAt = (atMs: number) => keys.findLast(([at]) => at <= atMs) ?? first;
  for (const [n, atMs] of wanted) tiles[n] = { part, line: lineAt(atMs), pixels: null };
  const ofTiles = [...wanted.values()].map(lineAt);
  const ofSlides = source === 'screen' ? spaced(keys) : [];
  const chosen = [...new Set([...ofTiles, ...ofSlides])].toSorted((a, b) => a[0] - b[0]);
  const times: number[] = [];
  const changes: number[] = [];
  let last: Still | undefined;
  for (let at = 0; at < chosen.length; at += stillsAtOnce) {
    for (const still of await stillsOf(making, part, chosen.slice(at, at + stillsAtOnce))) {
      if (last) changes.push(changedShare(last.pixels, still.pixels));
      times.push(still.atMs);
      last = still;
      for (const one of tiles)
        if (one?.part === part && one.pixels === null && Math.abs(one.line[0] - still.atMs) < 50) one.pixels = Buffer.from(still.pixels);
    }
  }
  return source === 'screen' ? slidesIn(times, changes, lines) : [];
}

function spaced(keys: readonly FragmentLine[]): FragmentLine[] {
  const kept: FragmentLine[] = [];
  for (const key of keys) if (key[0] - (kept.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY) >= leastApartMs) kept.push(key);
  return kept;
}

const smallPicture = `scale=${tile.width}:${tile.height}:force_original_aspect_ratio=decrease:flags=area,pad=${tile.width}:${tile.height}:-1:-1:color=0x15171c`;

/** Those whose key frame cannot be decoded are missing. */
async function stillsOf(making: Making, part: RecordingPart, lines: readonly FragmentLine[]): Promise<Still[]> {
  const { work, ffmpeg, signal } = making;
  const input = work.temporary(part.file.split('.').at(-1) ?? 'mp4');
  await copyLines(making, part, lines, input);
  const times: number[] = [];
  const onLine = (line: string) => {
    const at = /\bpts_time:\s*([\d.]+)/.exec(line)?.[1];
    if (at !== undefined) times.push(Number(at) * 1000);
  };
  const filter = `showinfo=checksum=0,${smallPicture}`;
  const output = ['-vsync', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const read = ['-copyts', '-threads', '1', '-skip_frame', 'nokey', '-i', input, '-map', '0:v', '-vf', filter];
  const pixels = await ffmpeg([...read, ...output], { signal, onLine });
  await rm(input, { force: true });
  return times.slice(0, Math.floor(pixels.length / tileBytes)).map((atMs, n) => ({
    atMs,
    pixels: pixels.subarray(n * tileBytes, (n + 1) * tileBytes),
  }));
}

const jpeg = ({ ffmpeg, signal }: Making, read: readonly string[], input?: Buffer, filter: readonly string[] = []): Promise<Buffer> =>
  ffmpeg([...read, ...filter, '-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '5', '-pix_fmt', 'yuvj420p', '-f', 'mjpeg', 'pipe:1'], {
    signal,
    ...(input ? { input } : {}),
  });

const thumbnailName = DerivedFile.parse('thumbnail.jpg');

/** The picture on which most is to be seen. */
async function thumbnailOf(making: Making, tiles: readonly (Tile | null)[]): Promise<DerivedFile | null> {
  let best: { readonly tile: Tile; readonly detail: number } | null = null;
  for (const one of tiles) {
    if (!one?.pixels) continue;
    const detail = detailOf(one.pixels);
    if (best === null || detail > best.detail) best = { tile: one, detail };
  }
  if (best === null) return null;
  const { part, line } = best.tile;
  const input = making.work.temporary(part.file.split('.').at(-1) ?? 'mp4');
  await copyLines(making, part, [line], input);
  const fitted = 'scale=640:360:force_original_aspect_ratio=decrease:flags=bicubic,pad=640:360:-1:-1:color=0x15171c,setsar=1';
  await making.folder.write(thumbnailName, await jpeg(making, ['-threads', '1', '-i', input], undefined, ['-vf', fitted]));
  await rm(input, { force: true });
  return thumbnailName;
}
