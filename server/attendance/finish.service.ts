// Judges one lesson that is over: records who was expected, has the register judged, and writes the results that reports read. Rules A34 to A36.
import type { Instant, LessonId } from '../contract/ids.ts';
import { GroupId, LessonId as LessonIdSchema, PersonId } from '../contract/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { LessonRecord } from '../timetable/lesson.ts';
import type { TraceService } from '../trace/trace.service.ts';
import type { Changes } from './changes.ts';
import { isFinal } from './lesson.ts';
import type { OneByOne } from './one-by-one.ts';
import type { Reading, Registers } from './registers.service.ts';
import type { ResultsStore } from './results.store.ts';
import { judgedOf } from './tally.ts';
import type { UnjudgedStore } from './unjudged.store.ts';

export interface FinishOptions {
  readonly find: (id: string) => Promise<LessonRecord | null>;
  readonly registers: Registers;
  readonly results: ResultsStore;
  readonly unjudged: Pick<UnjudgedStore, 'isExpired' | 'markStale'>;
  readonly changes: Pick<Changes, 'count'>;
  readonly trace: Pick<TraceService, 'append'>;
  readonly lessons: OneByOne;
  readonly clock: Pick<Clock, 'now'>;
}

export class FinishService {
  readonly #options: FinishOptions;

  constructor(options: FinishOptions) {
    this.#options = options;
  }

  /** Again and again with the same result; a lesson that is not to be judged has none afterwards. */
  finish(lessonId: string): Promise<void> {
    return this.#options.lessons.run(lessonId, async () => {
      const { find, results, unjudged, registers, clock } = this.#options;
      if (await unjudged.isExpired(lessonId)) return results.keep(lessonId);
      const record = await find(lessonId);
      if (record === null || record.cancelled) return results.remove(lessonId);
      const reading = await registers.read(record);
      const isUnused = record.mode === 'on-site' && reading.entries.length === 0;
      if (isUnused || !isFinal(reading.lesson, clock.now())) return results.remove(lessonId);
      await this.write(await this.withRoster(reading));
    });
  }

  /** A34: who is expected is written down once. Only within the lesson's turn, and when it is over. */
  async withRoster(reading: Reading): Promise<Reading> {
    if (reading.rosterRecorded) return reading;
    const { trace, registers, clock } = this.#options;
    const people = reading.roster.map(({ personId, role }) => ({
      personId: PersonId.parse(personId),
      role,
      groupIds: (reading.groupIds.get(personId) ?? []).map((id) => GroupId.parse(id)),
    }));
    await trace.append([{ type: 'roster-recorded', lessonId: idOf(reading), at: clock.now(), people }]);
    return registers.read(reading.record);
  }

  /** Only within the lesson's turn. */
  async write(reading: Reading): Promise<void> {
    const { registers, results, unjudged, changes, clock } = this.#options;
    const { record, lesson, groupIds, seq } = reading;
    const now: Instant = clock.now();
    const register = await registers.judge(reading, now);
    await results.put({
      ...judgedOf(lesson, register, groupIds),
      ...{ lessonId: record.id, courseId: record.courseId, facultyId: record.facultyId, teacherId: record.teacherId },
      ...{ kind: record.kind, startsAt: record.startsAt, judgedAt: now, seq },
    });
    // Its mark may have come before these results, which took it away.
    if (changes.count !== reading.changes) await unjudged.markStale([record.id]);
  }
}

function idOf({ record }: Reading): LessonId {
  return LessonIdSchema.parse(record.id);
}
