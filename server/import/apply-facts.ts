// What the people of single lessons hear when an import changes those.
import type { TimetableFact } from '../facts.ts';
import { factsOf, type LaidOut } from '../timetable/layout.ts';
import type { Application } from './application.ts';
import { asDecided } from './difference.ts';
import type { PlanValues } from './plan.ts';
import { columnsFor } from './rows.ts';

export function lessonFacts(application: Application): TimetableFact[] {
  const { now, withGone } = application.applying;
  const lessons = application.of('lessons');
  const told = (id: string, before: PlanValues<'lessons'>, after: PlanValues<'lessons'>) =>
    factsOf(laidOut(application, id, before), laidOut(application, id, after), now);
  const changed = (lessons?.changed ?? []).flatMap(({ item, known }) => told(known.id, known.values, asDecided(item, known)));
  const gone = withGone ? (lessons?.gone ?? []) : [];
  return [...changed, ...gone.flatMap(({ known }) => told(known.id, known.values, { ...known.values, cancelled: true }))];
}

function laidOut({ write }: Application, id: string, values: PlanValues<'lessons'>): LaidOut {
  const row = columnsFor.lessons(values, write);
  const text = (column: string) => String(row[column] ?? '');
  return {
    ...{ id, occurrence: '', byHand: new Set(), cancelled: row.cancelled === 1, title: text('title'), kind: text('kind'), rules: '' },
    ...{ startsAt: Number(row.starts_at), endsAt: Number(row.ends_at), courseId: text('course_id'), teacherId: text('teacher_id') },
    ...{ placeId: row.place_id === null ? null : text('place_id'), mode: text('mode') },
    groupIds: (values.groups ?? []).map((ref) => write.idOf('groups', ref)).sort(),
  };
}
