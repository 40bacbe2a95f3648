// What a judged register adds up to: by student, by group, and of the lesson as a whole. Made for the results that reports read.
import type { Verdict } from '../contract/attendance.ts';
import type { RegisterView, RowView } from './attendance.ts';
import { type Lesson, minuteMs } from './lesson.ts';

export interface Tally {
  readonly present: number;
  readonly late: number;
  readonly leftEarly: number;
  readonly absent: number;
  readonly excused: number;
  readonly asynchronous: number;
  /** Of all students together. */
  readonly minutes: number;
}

export interface Result {
  readonly personId: string;
  readonly verdict: Verdict;
  readonly computed: Verdict;
  readonly minutes: number;
  readonly share: number;
}

export interface Judged {
  readonly held: boolean;
  readonly delayMinutes: number;
  readonly taughtMinutes: number;
  readonly plannedMinutes: number;
  readonly signedAt: number | null;
  readonly signedBy: string | null;
  readonly tally: Tally;
  /** By group id. */
  readonly groups: ReadonlyMap<string, Tally>;
  /** Of the students on the roster, those who were absent too. */
  readonly results: readonly Result[];
}

/** Only students on the roster are counted, each in every group of theirs. `groupIds` as the roster was recorded, by person. */
export function judgedOf(lesson: Lesson, register: RegisterView, groupIds: ReadonlyMap<string, readonly string[]>): Judged {
  const students = register.rows.filter((row) => row.onRoster && row.role === 'student');
  const byGroup = new Map<string, RowView[]>();
  for (const row of students) {
    for (const id of groupIds.get(row.personId) ?? []) {
      const rows = byGroup.get(id);
      if (rows === undefined) byGroup.set(id, [row]);
      else rows.push(row);
    }
  }
  return {
    held: register.held,
    delayMinutes: register.teaching.delayMinutes,
    taughtMinutes: register.teaching.minutes,
    plannedMinutes: (lesson.plannedEndsAt - lesson.startsAt) / minuteMs,
    signedAt: register.signature?.at ?? null,
    signedBy: register.signature?.by ?? null,
    tally: tallyOf(students),
    groups: new Map([...byGroup].map(([id, rows]) => [id, tallyOf(rows)])),
    results: students.map(({ personId, verdict, computed, minutes, share }) => ({ personId, verdict, computed, minutes, share })),
  };
}

function tallyOf(rows: readonly RowView[]): Tally {
  const of = new Map<Verdict, number>();
  let minutes = 0;
  for (const row of rows) {
    of.set(row.verdict, (of.get(row.verdict) ?? 0) + 1);
    minutes += row.minutes;
  }
  return {
    present: of.get('present') ?? 0,
    late: of.get('late') ?? 0,
    leftEarly: of.get('left-early') ?? 0,
    absent: of.get('absent') ?? 0,
    excused: of.get('excused') ?? 0,
    asynchronous: of.get('asynchronous') ?? 0,
    // Tenths are added: without rounding their sum would show the errors of binary fractions.
    minutes: Math.round(minutes * 10) / 10,
  };
}
