// For tests: one part of a track as the recorder would have written it, made by ffmpeg: class time in its stamps, and its index.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { probe } from '../../capture/testing/probe.ts';
import { fragmentLine, line } from '../../format/format.ts';

const run = promisify(execFile);

type Box = { readonly type: string; readonly start: number; readonly end: number };

function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start < to; ) {
    const end = start + bytes.readUInt32BE(start);
    boxes.push({ type: bytes.toString('latin1', start + 4, start + 8), start, end });
    start = end;
  }
  return boxes;
}

function inside(bytes: Buffer, box: Box, type: string): Box {
  const found = boxesIn(bytes, box.start + 8, box.end).find((one) => one.type === type);
  if (!found) throw new Error(`no ${type} in ${box.type}`);
  return found;
}

export interface PartWanted {
  readonly path: string;
  /** An lavfi source whose clock is class time less `fromMs`. */
  readonly source: string;
  readonly kind: 'picture' | 'sound';
  readonly fromMs: number;
  readonly toMs: number;
}

const encoders = {
  picture: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-g', '50'],
  sound: ['-c:a', 'libopus', '-b:a', '48k', '-ac', '2', '-frame_duration', '20'],
} as const;
const timescales = { picture: 90_000, sound: 48_000 } as const;

/** Answers what an event says of it. */
export async function recordedPart({ path, source, kind, fromMs, toMs }: PartWanted) {
  const flags = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '500000', '-use_editlist', '0'];
  const length = ['-t', String((toMs - fromMs) / 1000)];
  const scale = kind === 'picture' ? ['-video_track_timescale', String(timescales.picture)] : [];
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];
  await run('ffmpeg', [...quiet, '-f', 'lavfi', '-i', source, ...length, ...encoders[kind], ...flags, ...scale, '-f', 'mp4', path]);
  const { packets, width, height } = await probe(path);
  const keys = packets.filter(({ key }) => key).map(({ timeMs }) => timeMs);
  const bytes = await readFile(path);
  const boxes = boxesIn(bytes, 0, bytes.length);
  const moofs = boxes.filter(({ type }) => type === 'moof');
  const scaleOf = timescales[kind];
  const times = moofs.map((moof) => {
    const tfdt = inside(bytes, inside(bytes, moof, 'traf'), 'tfdt');
    const ticks = Number(bytes.readBigUInt64BE(tfdt.start + 12));
    bytes.writeBigUInt64BE(BigInt(ticks + Math.round((fromMs * scaleOf) / 1000)), tfdt.start + 12);
    return (ticks / scaleOf) * 1000;
  });
  const initBytes = moofs[0]?.start ?? 0;
  const lines = moofs.map((moof, n) => {
    const [time = 0, next = toMs - fromMs] = [times[n], times[n + 1]];
    const end = moofs[n + 1]?.start ?? boxes.find(({ type, start }) => type === 'mdat' && start >= moof.end)?.end ?? bytes.length;
    const isKey = kind === 'sound' || keys.some((key) => Math.abs(key - time) < 2);
    return fragmentLine(fromMs + time, next - time, moof.start, end - moof.start, isKey);
  });
  const last = lines.at(-1);
  const size = kind === 'picture' ? { width, height } : {};
  return { bytes: bytes.subarray(0, last ? last[2] + last[3] : 0), index: lines.map(line).join(''), initBytes, ...size };
}
