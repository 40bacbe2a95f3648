// Registers on a given database with everything around them: lessons, who came to them, and the acts that were recorded.
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { openAttendance } from '../../server/app-attendance.ts';
import type { Actor } from '../../server/audit/actor.ts';
import type { Act } from '../../server/audit/audit.service.ts';
import { ConnectionId, LessonId, ParticipantId, PersonId, RecordingId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { openLog } from '../../server/log.ts';
import { TraceService } from '../../server/trace/trace.service.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import type { StoredEntry } from '../../server/trace/trace.ts';
import { endsAt, openRules, startsAt, teacherId } from './campus.ts';
import { FakeClock } from './fake-clock.ts';
import { door, lessonServices, timeZone } from './lessons.ts';

const minute = 60_000;
export const day = 24 * 60 * minute;
export const lengthMs = endsAt - startsAt;

export function openRegisters(db: Kysely<Database>, now: number) {
  const clock = new FakeClock(now);
  const faults: unknown[] = [];
  const log = openLog({ level: 'error', format: 'json' }, { write: (line) => void faults.push(line) });
  const acts: (Act & { readonly by: string })[] = [];
  const { timetable } = lessonServices(db, { clock, tokens: new Tokens({ key: randomBytes(32), clock }) });
  const viewing = { untold: (): Promise<readonly StoredEntry[]> => Promise.resolve([]), settle: () => Promise.resolve() };
  const traceStore = new TraceStore(db);
  const trace = new TraceService({ store: traceStore, clock, log });
  const attendance = openAttendance({
    config: {
      attendance: { lateAfterMinutes: 10, presentFromShare: 0.7 },
      room: { ...door, graceSeconds: 60, observersTold: 'everyone' },
      timeZone,
    },
    ...{ db, clock, log, timetable, trace, traceStore },
    audit: { record: (by: Actor, act: Act) => Promise.resolve(void acts.push({ ...act, by: by.id })) },
    viewing: { untold: () => viewing.untold(), settle: () => viewing.settle() },
    areClassesRunning: () => false,
  });

  /** Like the one of the campus, at another time. */
  const lesson = async (id: string, at: number, more: object = {}): Promise<LessonId> => {
    await db
      .insertInto('lesson')
      .values({
        ...{ id, course_id: 'course', kind: 'laboratory', title: `Title of ${id}`, starts_at: at, ends_at: at + lengthMs },
        ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacherId, rules: JSON.stringify(openRules) },
        ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: 0, ...more },
      })
      .execute();
    await db.insertInto('lesson_group').values({ lesson_id: id, group_id: 'group' }).execute();
    return LessonId.parse(id);
  };
  /** The person was in the room from one moment to the other. */
  const stay = async (lessonId: LessonId, id: string, from: number, to: number) => {
    const personId = PersonId.parse(id);
    const who = { lessonId, personId, participantId: ParticipantId.parse(`of-${id}`) };
    const device = { connectionId: ConnectionId.parse(`c-${id}`) };
    const role = id === teacherId ? ('teacher' as const) : ('student' as const);
    await trace.append([
      { ...who, at: from, type: 'participant-joined', name: `Name of ${id}`, role },
      { ...who, ...device, at: from, type: 'connection-opened', device: 'Test', address: '192.0.2.7' },
      { ...who, ...device, at: to, type: 'connection-closed', reason: 'left', beside: null },
      { ...who, at: to, type: 'participant-left', reason: 'left', by: null },
    ]);
  };
  /** The teacher and these students were there all the time. */
  const held = async (id: LessonId, at: number, ...students: readonly string[]) => {
    for (const who of [teacherId, ...students]) await stay(id, who, at, at + lengthMs);
  };
  const watched = async (lessonId: LessonId, id: string, minutes: number) => {
    const what = { lessonId, personId: PersonId.parse(id), recordingId: RecordingId.parse('recording'), live: false };
    await trace.append([{ ...what, type: 'recording-watched', at: clock.now(), fromMs: 0, toMs: minutes * minute }]);
    await attendance.watched(lessonId);
  };
  /** As the sweep of every minute does it. */
  const sweep = async () => {
    attendance.finisher.wake();
    await attendance.finisher.idle();
  };
  const verdicts = async (lessonId: string): Promise<Record<string, string>> => {
    const rows = await db.selectFrom('attendance_result').select(['person_id', 'verdict']).where('lesson_id', '=', lessonId).execute();
    return Object.fromEntries(rows.map((row) => [row.person_id, row.verdict]));
  };
  const streak = (personId: string) =>
    db
      .selectFrom('attendance_streak')
      .select(['missed', 'since', 'last_at'])
      .where('course_id', '=', 'course')
      .where('person_id', '=', personId)
      .executeTakeFirst();
  const kinds = async (lessonId: LessonId) => (await traceStore.read(lessonId)).map(({ kind }) => kind);
  return {
    viewing,
    db,
    clock,
    faults,
    acts,
    timetable,
    trace,
    traceStore,
    attendance,
    lesson,
    stay,
    held,
    watched,
    sweep,
    verdicts,
    streak,
    kinds,
  };
}
