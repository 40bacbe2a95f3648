// For tests: real encoders' RTP packets, made by ffmpeg and caught on loopback.

import { spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export type ClipCodec = 'h264' | 'vp8' | 'vp9' | 'opus';

/** One thread for libvpx: its threads wait spinning for one another, which takes minutes on a busy machine. */
const encoders: Readonly<Record<ClipCodec, readonly string[]>> = {
  h264: ['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-tune', 'zerolatency', '-bsf:v', 'dump_extra=freq=keyframe'],
  vp8: ['-c:v', 'libvpx', '-threads', '1', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'],
  vp9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-threads', '1', '-b:v', '500k', '-strict', 'experimental'],
  opus: ['-c:a', 'libopus', '-b:a', '32k', '-frame_duration', '20'],
};

export const payloadTypes: Readonly<Record<ClipCodec, number>> = { h264: 102, vp8: 96, vp9: 98, opus: 100 };
export const clockRates: Readonly<Record<ClipCodec, number>> = { h264: 90_000, vp8: 90_000, vp9: 90_000, opus: 48_000 };

export type ClipOptions = {
  readonly codec: ClipCodec;
  readonly seconds: number;
  /** For pictures; `WIDTHxHEIGHT`. */
  readonly size?: string;
  readonly framesPerSecond?: number;
  readonly keyEverySeconds?: number;
  readonly ssrc?: number;
  /** An lavfi source instead of the moving test picture or the tone. */
  readonly source?: string;
};

const input = ({ codec, seconds, size = '320x240', framesPerSecond = 25, source }: ClipOptions): string =>
  source ??
  (codec === 'opus'
    ? `sine=frequency=440:sample_rate=48000:duration=${seconds}`
    : `testsrc2=size=${size}:rate=${framesPerSecond}:duration=${seconds}`);

export const encoderArguments = (options: ClipOptions): string[] => {
  const { codec, framesPerSecond = 25, keyEverySeconds = 2, ssrc = 1111 } = options;
  const picture = codec === 'opus' ? [] : ['-g', String(framesPerSecond * keyEverySeconds), '-pix_fmt', 'yuv420p'];
  return [...encoders[codec], ...picture, '-ssrc', String(ssrc), '-payload_type', String(payloadTypes[codec])];
};

const listen = async (port: number): Promise<Socket> => {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};

/** All packets of a clip, in order. Their RTP time begins at a random number, as it should. */
export const rtpClip = async (options: ClipOptions): Promise<Buffer[]> => {
  const socket = await listen(0);
  const { port } = socket.address();
  const packets: Buffer[] = [];
  socket.on('message', (bytes) => {
    const second = bytes.readUInt8(1);
    const isRtcp = second >= 192 && second <= 223;
    if (!isRtcp) packets.push(bytes);
  });
  const target = `rtp://127.0.0.1:${port}?rtcpport=${port}&pkt_size=1200`;
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin'];
  const ffmpeg = spawn(
    'ffmpeg',
    [...quiet, '-readrate', '10', '-f', 'lavfi', '-i', input(options), ...encoderArguments(options), '-f', 'rtp', target],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [code] = await once(ffmpeg, 'exit');
  // Datagrams on loopback are in the socket's queue already; one turn of the loop per batch reads them.
  for (let seen = -1; seen !== packets.length; ) {
    seen = packets.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  socket.close();
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  return packets;
};
