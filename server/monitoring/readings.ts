// What the metrics read at the moment when somebody asks for them.
import type { Instant, LessonId } from '../contract/ids.ts';
import type { RecordingView } from '../contract/room.ts';
import type { Traffic } from '../media/line-watch.ts';
import type { WorkerLoad } from '../ports/media.ts';
import type { Readings } from './metrics.ts';

export interface RoomFigures {
  readonly lessonId: LessonId;
  readonly title: string;
  readonly courseTitle: string;
  readonly openedAt: Instant;
  readonly participants: number;
  readonly dropped: number;
  readonly waiting: number;
}

/** The parts of the server that are read. */
export interface Sources {
  readonly rooms: { figures(): readonly RoomFigures[] };
  readonly media: { traffic(): Traffic };
  readonly engine: { load(): Promise<readonly WorkerLoad[]> };
  readonly recording: { view(lessonId: LessonId): RecordingView };
  readonly outbox: { figures(): Promise<Readings['outbox']> };
  sockets(): number;
}

export async function readAll({ rooms, recording, engine, media, outbox, sockets }: Sources): Promise<Readings> {
  const figures = rooms.figures();
  return {
    sockets: sockets(),
    rooms: figures.length,
    participants: {
      here: sum(figures, ({ participants, dropped }) => participants - dropped),
      dropped: sum(figures, ({ dropped }) => dropped),
      waiting: sum(figures, ({ waiting }) => waiting),
    },
    recordings: figures.filter(({ lessonId }) => recording.view(lessonId).state === 'recording').length,
    workers: await engine.load(),
    traffic: media.traffic(),
    // The other figures are read all the more when the database does not answer.
    outbox: await outbox.figures().catch(() => []),
  };
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
