// The whole server as a subject: everybody is signed in, asks for a token over HTTP, and speaks the real protocol.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { RtpCapabilities } from '../../../server/contract/media.ts';
import { LessonEntered } from '../../../server/contract/timetable.ts';
import { type LoadPeer, remoteOf } from '../loadgen/generator.ts';
import type { Dress } from '../loadgen/tracks.ts';
import { Line } from '../wire/line.ts';
import { clientCapabilities, transportCcOf } from './capabilities.ts';
import { type Cores, startNode, stopNode } from './child.ts';
import type { Attendee, Subject, Visit } from './subject.ts';
import { lessonOf, sessionOf } from './university.ts';

export interface WholeOptions {
  readonly rooms: number;
  readonly perRoom: number;
  readonly workers: number;
  /** What the server plans for a worker; more where most who join are sent nothing. */
  readonly viewersPerCore?: number;
  readonly dress: Dress;
  readonly cores: Cores;
}

export interface Whole extends Subject {
  enter(visit: Visit): Promise<Attendee & { readonly line: Line }>;
  /** Where the database lies; after `close` it is still there. */
  readonly dataDir: string;
  remove(): Promise<void>;
}

export async function openWhole(options: WholeOptions): Promise<Whole> {
  const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-bench-'));
  const { rooms, perRoom, workers, viewersPerCore = 150, dress, cores } = options;
  const { child, pid, said } = await startNode(
    `${import.meta.dirname}/whole-server.ts`,
    { rooms, perRoom, workers, viewersPerCore, dataDir },
    cores,
  );
  const { url } = z.object({ url: z.string() }).parse(said);
  const lines: Line[] = [];

  const http = async (method: string, path: string, room: number, seat: number): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${sessionOf(room, seat)}` } });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const knock = async ({ room, seat }: Visit): Promise<{ readonly line: Line; readonly offered: RtpCapabilities }> => {
    const { roomToken, rtpCapabilities: offered } = LessonEntered.parse(
      await http('POST', `/api/lessons/${lessonOf(room)}/enter`, room, seat),
    );
    const line = await Line.open(url, roomToken);
    lines.push(line);
    return { line, offered };
  };

  return {
    name: 'whole server',
    pid,
    dataDir,
    async enter(visit) {
      const { receiver, sender, sends } = visit;
      const { line, offered } = await knock(visit);
      const rtpCapabilities = receiver === null ? null : clientCapabilities(offered, dress);
      if (receiver !== null) line.onOffered = (parameters) => tellOf(receiver, transportCcOf(parameters));
      const snapshot = await line.join(
        receiver === null || rtpCapabilities === null ? undefined : { rtpCapabilities, dtlsParameters: receiver.dtlsParameters },
      );
      const way = snapshot.media.receive;
      const receiving =
        receiver === null ? null : way !== null ? receiver.connect(remoteOf(way)) : openWay(line, receiver, rtpCapabilities);
      if (sender !== null) {
        const transport = await line.ask('media:open', { direction: 'send' });
        const up = sender.connect(remoteOf(transport));
        await line.ask('media:connect', { transportId: transport.id, dtlsParameters: sender.dtlsParameters });
        for (const { source, kind, rtpParameters, commands } of sends) {
          await line.ask('media:publish', { transportId: transport.id, source, kind, rtpParameters, paused: false });
          for (const command of commands) sender.send(command);
        }
        await up;
      }
      return {
        line,
        async receives(tracks) {
          await Promise.all([receiving, line.subscribed(tracks)]);
        },
      };
    },
    async close() {
      for (const line of lines) line.close();
      await stopNode(child);
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** As the browser's client does when the join brought no way to receive. */
async function openWay(line: Line, receiver: LoadPeer, rtpCapabilities: RtpCapabilities | null): Promise<void> {
  if (rtpCapabilities === null) return;
  const transport = await line.ask('media:open', { direction: 'receive' });
  const up = receiver.connect(remoteOf(transport));
  await line.ask('media:connect', { transportId: transport.id, dtlsParameters: receiver.dtlsParameters });
  await line.ask('media:receive', { rtpCapabilities });
  await up;
}

function tellOf(receiver: LoadPeer, extension: number): void {
  if (extension !== 0) receiver.tellOfPackets(extension);
}
