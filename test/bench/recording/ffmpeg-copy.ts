// The measure of recording: ffmpeg that writes the same RTP to a file as it comes, without looking at it.
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payloadTypes } from '../../../server/recording/capture/testing/rtp-source.ts';
import { cpuSeconds } from './proc.ts';

/** Even, and the next one free too: RTCP goes there. */
async function freePort(): Promise<number> {
  for (;;) {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    await new Promise<void>((done) => socket.close(() => done()));
    if (port % 2 === 0) return port;
  }
}

export class FfmpegCopy {
  readonly ports: readonly [number, number];
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(ports: readonly [number, number], child: ChildProcess, folder: string) {
    this.ports = ports;
    this.#child = child;
    this.#folder = folder;
  }

  static async open(): Promise<FfmpegCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'auditoria-bench-copy-'));
    const ports = [await freePort(), await freePort()] as const;
    const sdp = [
      ...['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=bench', 'c=IN IP4 127.0.0.1', 't=0 0'],
      ...[`m=video ${ports[0]} RTP/AVP ${payloadTypes.h264}`, `a=rtpmap:${payloadTypes.h264} H264/90000`],
      `a=fmtp:${payloadTypes.h264} packetization-mode=1`,
      ...[`m=audio ${ports[1]} RTP/AVP ${payloadTypes.opus}`, `a=rtpmap:${payloadTypes.opus} opus/48000/2`],
    ];
    const path = join(folder, 'class.sdp');
    await writeFile(path, `${sdp.join('\r\n')}\r\n`);
    const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-protocol_whitelist', 'file,udp,rtp'];
    const moving = ['-c', 'copy', '-movflags', '+frag_keyframe+empty_moov', join(folder, 'class.mp4')];
    const child = spawn('ffmpeg', [...quiet, '-i', path, ...moving], { stdio: 'ignore' });
    return new FfmpegCopy(ports, child, folder);
  }

  cpuSeconds(): number {
    return cpuSeconds(this.#child.pid ?? 0);
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
