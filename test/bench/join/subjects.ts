// The two servers under comparison behind one face: start, publish as a teacher, join as a student.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { protocolVersion, type RequestInput, type RequestName, type RequestOutput } from '../../../server/contract/index.ts';
import { type RtpCapabilities, TransportParameters } from '../../../server/contract/media.ts';
import type { Notice } from '../../../server/contract/notices.ts';
import type { Reply } from '../../../server/contract/reply.ts';
import { opus, vp8 } from '../../contract/rtp-samples.ts';
import { RtcPeer } from '../../media/rtc-peer.ts';

export interface Subject {
  readonly name: string;
  readonly pid: number;
  /** Microphone and camera, three layers. */
  publish(): Promise<void>;
  /** Resolves when the microphone and the camera are subscribed and the way for them is encrypted and open. */
  join(student: number): Promise<void>;
  close(): Promise<void>;
}

/** As Chromium has it, near enough: what the room offers, without what is only sent. */
const clientCapabilities = ({ codecs, headerExtensions }: RtpCapabilities): RtpCapabilities => ({
  codecs,
  headerExtensions: headerExtensions.filter(({ direction }) => direction !== 'recvonly'),
});

async function start(file: string, args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly said: unknown }> {
  const child = fork(join(import.meta.dirname, file), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended`)))]);
  return { child, said };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

export async function openBare(): Promise<Subject> {
  const { child, said } = await start('bare-app.ts', []);
  const { url } = z.object({ url: z.string() }).parse(said);
  const ask = async (what: string, input: object = {}): Promise<unknown> => {
    const response = await fetch(`${url}/${what}`, { method: 'POST', body: JSON.stringify(input) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const Opened = TransportParameters.extend({ rtpCapabilities: z.custom<RtpCapabilities>() });
  return {
    name: 'bare mediasoup app',
    pid: child.pid ?? 0,
    async publish() {
      const { id } = Opened.parse(await ask('transport'));
      await ask('produce', { id, kind: 'audio', rtpParameters: opus(1111) });
      await ask('produce', { id, kind: 'video', rtpParameters: vp8(1, 2, 3) });
    },
    async join() {
      const transport = Opened.parse(await ask('transport'));
      const { id } = transport;
      const rtpCapabilities = clientCapabilities(transport.rtpCapabilities);
      await Promise.all([
        RtcPeer.connect(transport, (dtlsParameters) => ask('connect', { id, dtlsParameters })),
        ask('consume', { id, index: 0, rtpCapabilities }),
        ask('consume', { id, index: 1, rtpCapabilities }),
      ]);
    },
    close: () => stop(child),
  };
}

const Started = z.object({ url: z.string(), teacher: z.string(), students: z.array(z.string()) });

export async function openWhole(students: number): Promise<Subject> {
  const { child, said } = await start('whole-server.ts', [String(students)]);
  const { url, teacher, students: tokens } = Started.parse(said);
  const lines: Line[] = [];
  const enter = async (token: string): Promise<Line> => {
    const line = await Line.open(url, token);
    lines.push(line);
    return line;
  };
  let teacherIs = '';
  return {
    name: 'whole server',
    pid: child.pid ?? 0,
    async publish() {
      const line = await enter(teacher);
      const snapshot = await line.join();
      teacherIs = snapshot.self.participantId;
      const { id: transportId } = await line.ask('media:open', { direction: 'send' });
      await line.ask('media:publish', { transportId, source: 'microphone', kind: 'audio', rtpParameters: opus(1111), paused: false });
      await line.ask('media:publish', { transportId, source: 'camera', kind: 'video', rtpParameters: vp8(1, 2, 3), paused: false });
    },
    async join(student) {
      const line = await enter(tokens[student] ?? '');
      const snapshot = await line.join();
      if (snapshot.media === null) throw new Error('There are no media.');
      const subscribed = line.subscribed(2);
      const transport = await line.ask('media:open', { direction: 'receive' });
      await Promise.all([
        RtcPeer.connect(transport, (dtlsParameters) => line.ask('media:connect', { transportId: transport.id, dtlsParameters })),
        line.ask('media:receive', { rtpCapabilities: clientCapabilities(snapshot.media.rtpCapabilities) }),
        line.ask('media:view', {
          tiles: [{ participantId: teacherIs, source: 'camera', width: 640, height: 360 }],
          hidden: false,
          saveData: false,
        }),
        subscribed,
      ]);
    },
    async close() {
      for (const line of lines) line.close();
      await stop(child);
    },
  };
}

/** The protocol as a browser speaks it. */
class Line {
  readonly #socket: Socket;
  #offered: (notice: Notice) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('notices', (batch: readonly Notice[]) => {
      for (const notice of batch) this.#offered(notice);
    });
  }

  static async open(url: string, token: string): Promise<Line> {
    const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
    const line = new Line(socket);
    await new Promise<void>((connected, refused) => {
      socket.once('connect', connected);
      socket.once('connect_error', refused);
    });
    return line;
  }

  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    const reply: Reply<RequestOutput<N>> = await this.#socket.timeout(30_000).emitWithAck(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.code} ${reply.message}`);
    return reply.value;
  }

  async join() {
    const joined = await this.ask('room:join', { protocol: protocolVersion, device: 'bench', consent: true });
    if (joined.state !== 'in') throw new Error('In the lobby.');
    return joined.snapshot;
  }

  /** Acknowledges every offer; resolves when so many are acknowledged. */
  subscribed(count: number): Promise<void> {
    let left = count;
    return new Promise((done, failed) => {
      this.#offered = (notice) => {
        if (notice.type !== 'media-offered') return;
        this.ask('media:ready', { consumerIds: [notice.subscription.consumerId] }).then(() => {
          left -= 1;
          if (left === 0) done();
        }, failed);
      };
    });
  }

  close(): void {
    this.#socket.disconnect();
  }
}
