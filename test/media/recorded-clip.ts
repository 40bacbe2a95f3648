// For tests: parts as the recorder writes them, of clips that say what time it is: burned into each picture, and as a beep on each second.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AudioRecorder } from '../../server/recording/capture/audio-recorder.ts';
import { H264Depacketiser } from '../../server/recording/capture/depacketise-h264.ts';
import { vp8Depacketiser } from '../../server/recording/capture/depacketise-vp8.ts';
import { vp9Depacketiser } from '../../server/recording/capture/depacketise-vp9.ts';
import { parseRtp, timestampDistance } from '../../server/recording/capture/rtp.ts';
import { MemoryParts } from '../../server/recording/capture/testing/memory-parts.ts';
import { type ClipCodec, clockRates, rtpClip } from '../../server/recording/capture/testing/rtp-source.ts';
import type { TrackRecorder } from '../../server/recording/capture/track-recorder.ts';
import { VideoRecorder } from '../../server/recording/capture/video-recorder.ts';

const recorders: Record<ClipCodec, (sink: MemoryParts) => TrackRecorder> = {
  h264: (sink) => new VideoRecorder(new H264Depacketiser(), sink),
  vp8: (sink) => new VideoRecorder(vp8Depacketiser(), sink),
  vp9: (sink) => new VideoRecorder(vp9Depacketiser(), sink),
  opus: (sink) => new AudioRecorder(sink),
};

export type Clip = { readonly seconds: number; readonly size?: string; readonly source?: string };
type RecordOptions = { readonly codec: ClipCodec; readonly startMs: number; readonly isLost?: (index: number) => boolean };

/** Records clips one after the other, the first at `startMs` of class time. */
export async function recordClips({ codec, startMs, isLost = () => false }: RecordOptions, clips: readonly Clip[]): Promise<MemoryParts> {
  const sink = new MemoryParts();
  const recorder = recorders[codec](sink);
  let from = startMs;
  for (const clip of clips) {
    const packets = await rtpClip({ codec, ...clip });
    const first = packets[0]?.readUInt32BE(4) ?? 0;
    packets.forEach((bytes, index) => {
      const packet = parseRtp(bytes);
      if (!packet || isLost(index)) return;
      const capturedAtMs = from + (timestampDistance(first, packet.timestamp) / clockRates[codec]) * 1000;
      recorder.packet({ ...packet, missing: 0, arrivedAtMs: capturedAtMs, capturedAtMs }, capturedAtMs);
    });
    from += clip.seconds * 1000;
  }
  recorder.end(from);
  return sink;
}

const framesPerSecond = 25;
/** The picture's number in squares of 16 pixels, the lowest bit first. */
const codeBits = 12;
const square = 16;

/** Pictures that carry their own number of class time, in frames of 40 ms. */
export async function codedPictures(startMs: number, { seconds, size = '320x240' }: Clip, codec: ClipCodec): Promise<MemoryParts> {
  const [width = 320, height = 240] = size.split('x').map(Number);
  const directory = await mkdtemp(join(tmpdir(), 'coded-'));
  const path = join(directory, 'pictures.y4m');
  const file = await open(path, 'w');
  await file.write(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) {
    const code = Math.round((startMs * framesPerSecond) / 1000) + frame;
    const luma = Buffer.alloc(width * height, 96);
    for (let bit = 0; bit < codeBits; bit++) {
      const light = (code >> bit) & 1 ? 235 : 16;
      for (let row = 0; row < square; row++) luma.fill(light, row * width + bit * square, row * width + (bit + 1) * square);
    }
    await file.write(Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]));
  }
  await file.close();
  const parts = await recordClips({ codec, startMs }, [{ seconds, source: `movie=${path}` }]);
  await rm(directory, { recursive: true });
  return parts;
}

/** A tenth of a second of beep on each whole second of class time; `startMs` is one. */
export function beeps(startMs: number, seconds: number): Promise<MemoryParts> {
  const source = `aevalsrc=exprs='if(lt(mod(t,1),0.1),0.6*sin(2*PI*1000*t),0)':s=48000:d=${seconds}`;
  return recordClips({ codec: 'opus', startMs }, [{ seconds, source }]);
}
