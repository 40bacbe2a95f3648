// The bell: many rooms in which people come in at once, written to their traces as the server does; says how many commits that took.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../server/adapters/system-clock.ts';
import { ConnectionId, LessonId, ParticipantId, PersonId } from '../../../server/contract/ids.ts';
import { openDatabase } from '../../../server/database/open.ts';
import { openLog } from '../../../server/log.ts';
import { percentile } from '../../../server/monitoring/joins.ts';
import { TraceService } from '../../../server/trace/trace.service.ts';
import { TraceStore } from '../../../server/trace/trace.store.ts';
import { fillCampus } from '../../support/campus.ts';

/** So many people reach the server within one turn of its event loop. */
const perTurn = 5;

export interface Bell {
  readonly entries: number;
  readonly commits: number;
  readonly seconds: number;
  /** Ms that one who joins waits for the trace. */
  readonly p50: number;
  readonly p95: number;
}

class CountingStore extends TraceStore {
  commits = 0;

  override append(...entries: Parameters<TraceStore['append']>): ReturnType<TraceStore['append']> {
    this.commits += 1;
    return super.append(...entries);
  }
}

/** @param url of an empty PostgreSQL database; empty: SQLite on the disk */
export async function ringBell(url: string, rooms: number, perRoom: number): Promise<Bell> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-bell-'));
  const { db, close } = await openDatabase(url === '' ? join(folder, 'auditoria.sqlite') : url);
  try {
    if (url === '') await fillCampus(db);
    const store = new CountingStore(db);
    const trace = new TraceService({ store, clock: systemClock, log: openLog({ level: 'error', format: 'json' }) });
    const waits: number[] = [];
    const begun = performance.now();
    const running: Promise<void>[] = [];
    for (let one = 0; one < rooms * perRoom; one += 1) {
      running.push(comeIn(trace, one % rooms, waits));
      if (one % perTurn === perTurn - 1) await new Promise((turn) => setImmediate(turn));
    }
    await Promise.all(running);
    const seconds = (performance.now() - begun) / 1000;
    await trace.close();
    const sorted = waits.toSorted((a, b) => a - b);
    const [p50, p95] = [percentile(sorted, 0.5) ?? 0, percentile(sorted, 0.95) ?? 0];
    return { entries: rooms * perRoom * 2, commits: store.commits, seconds, p50, p95 };
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function comeIn(trace: TraceService, room: number, waits: number[]): Promise<void> {
  const began = performance.now();
  const id = randomBytes(9).toString('base64url');
  const at = Date.now();
  const who = {
    ...{ lessonId: LessonId.parse(`bell${room}`), at, personId: PersonId.parse(`p-${id}`), participantId: ParticipantId.parse(`q-${id}`) },
    connectionId: ConnectionId.parse(`c-${id}`),
  };
  await trace.append([
    { ...who, type: 'participant-joined', name: 'Қасымов Айдар Серікұлы', role: 'student' },
    { ...who, type: 'connection-opened', device: 'Firefox 145 · Linux', address: '192.0.2.1' },
  ]);
  waits.push(performance.now() - began);
}
