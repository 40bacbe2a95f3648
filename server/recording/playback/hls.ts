// Playlists of a recording for players that know HLS and no MediaSource (RFC 8216): made of the same parts and indexes, by byte range. Pure.
import type { Instant } from '../../contract/ids.ts';
import type { FragmentLine, RecordingManifest, RecordingPart, RecordingTrack } from '../../contract/recording.ts';

export const masterName = 'master.m3u8';
export const playlistName = (trackId: string): string => `${trackId}.m3u8`;
export const playlistMime = 'application/vnd.apple.mpegurl';

/** Shorter ones make the list long, longer ones the jumps slow. */
const segmentMs = 4000;
/** Of a live list it may not change: longer than the pictures of any browser wait for a key frame. */
const leastTargetSeconds = 12;

/** Only fragmented MP4 can be played so. */
export function tracksForHls({ tracks }: Pick<RecordingManifest, 'tracks'>): RecordingTrack[] {
  return tracks.flatMap((track) => {
    const parts = track.parts.filter(({ mime }) => /^(video|audio)\/mp4\b/.test(mime));
    return parts.length === 0 ? [] : [{ ...track, parts }];
  });
}

/** One picture and one voice play at a time, the others can be chosen; null when there is nothing that HLS can play. */
export function masterPlaylist(manifest: RecordingManifest): string | null {
  const tracks = tracksForHls(manifest);
  const pictures = tracks.filter(({ source }) => source === 'screen' || source === 'camera').toSorted(mostFirst);
  const sounds = tracks.filter(({ source }) => source === 'microphone' || source === 'screen-audio').toSorted(mostFirst);
  const main = pictures[0] ?? sounds[0];
  if (main === undefined) return null;
  const groups = [
    ...(pictures.length > 0 ? pictures.map((track, nth) => rendition('VIDEO', 'picture', track, nth)) : []),
    ...(pictures.length > 0 ? sounds.map((track, nth) => rendition('AUDIO', 'voice', track, nth)) : []),
  ];
  const [sound] = pictures.length > 0 ? sounds : [];
  const { width, height } = main.parts[0] ?? {};
  const attributes = [
    `BANDWIDTH=${Math.max(1, peakBps(main) + (sound ? peakBps(sound) : 0))}`,
    `CODECS="${[...new Set([main, ...(sound ? [sound] : [])].flatMap(codecsOf))].join(',')}"`,
    ...(width && height ? [`RESOLUTION=${width}x${height}`] : []),
    ...(pictures.length > 0 ? ['VIDEO="picture"'] : []),
    ...(sound ? ['AUDIO="voice"'] : []),
  ];
  const stream = `#EXT-X-STREAM-INF:${attributes.join(',')}\n${playlistName(main.trackId)}`;
  return `${['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...groups, stream].join('\n')}\n`;
}

/** @param linesOf the index of a part: of one that was cut, what is left of it */
export function mediaPlaylist(
  { state, startedAt }: Pick<RecordingManifest, 'state'> & { readonly startedAt: Instant },
  track: RecordingTrack,
  linesOf: (part: RecordingPart) => readonly FragmentLine[],
): string {
  const pieces = track.parts.map((part) => ({ part, segments: segmentsOf(part, linesOf(part)) }));
  const longestMs = Math.max(0, ...pieces.flatMap(({ segments }) => segments.map(({ lastsMs }) => lastsMs)));
  const head = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(leastTargetSeconds, Math.ceil(longestMs / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${state === 'ended' ? 'VOD' : 'EVENT'}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  const body = pieces
    .filter(({ segments }) => segments.length > 0)
    .flatMap(({ part, segments }, nth) => [
      ...(nth === 0 ? [] : ['#EXT-X-DISCONTINUITY']),
      `#EXT-X-MAP:URI="${part.file}",BYTERANGE="${part.initBytes}@0"`,
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(startedAt + (segments[0]?.atMs ?? 0)).toISOString()}`,
      ...segments.flatMap(({ lastsMs, offset, bytes }) => [
        `#EXTINF:${(lastsMs / 1000).toFixed(3)},`,
        `#EXT-X-BYTERANGE:${bytes}@${offset}`,
        part.file,
      ]),
    ]);
  return `${[...head, ...body, ...(state === 'ended' ? ['#EXT-X-ENDLIST'] : [])].join('\n')}\n`;
}

interface Segment {
  readonly atMs: number;
  readonly lastsMs: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Each begins on a key frame. What is listed once never changes, so the last of a part that grows waits for the next. */
function segmentsOf(part: RecordingPart, lines: readonly FragmentLine[]): Segment[] {
  const segments: Segment[] = [];
  for (const [atMs, lastsMs, offset, bytes, key] of lines) {
    if (atMs < part.startMs || atMs >= part.endMs) continue;
    const last = segments.at(-1);
    if (last === undefined || (key === 1 && last.lastsMs >= segmentMs)) segments.push({ atMs, lastsMs, offset, bytes });
    else segments[segments.length - 1] = { ...last, lastsMs: atMs + lastsMs - last.atMs, bytes: offset + bytes - last.offset };
  }
  return part.open ? segments.slice(0, -1) : segments;
}

function rendition(type: 'AUDIO' | 'VIDEO', group: string, { trackId, name, source }: RecordingTrack, nth: number): string {
  // Two of one group may not have the same name.
  const label = `${name} (${source}) ${nth + 1}`.replace(/["\p{Cc}]/gu, ' ');
  const isDefault = nth === 0 ? 'YES' : 'NO';
  return `#EXT-X-MEDIA:TYPE=${type},GROUP-ID="${group}",NAME="${label}",DEFAULT=${isDefault},AUTOSELECT=${isDefault},URI="${playlistName(trackId)}"`;
}

/** A screen before cameras, then whoever was on longest. */
function mostFirst(a: RecordingTrack, b: RecordingTrack): number {
  return Number(b.source === 'screen') - Number(a.source === 'screen') || lengthOf(b) - lengthOf(a);
}

function lengthOf({ parts }: RecordingTrack): number {
  return parts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

function peakBps({ parts }: RecordingTrack): number {
  return Math.ceil(Math.max(...parts.map(({ bytes, startMs, endMs }) => (bytes * 8000) / Math.max(1, endMs - startMs))));
}

function codecsOf({ parts }: RecordingTrack): string[] {
  return [...new Set(parts.flatMap(({ mime }) => /codecs="([^"]+)"/.exec(mime)?.[1]?.split(',') ?? []))].map((codec) => codec.trim());
}
