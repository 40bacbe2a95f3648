// A change of one lesson while it is filled in: what is missing, and what is sent.
import type { z } from 'zod';
import type { LessonChange } from '../../../../server/contract/planning.ts';
import type { Lesson, TeachingMode } from '../../../../server/contract/timetable.ts';
import { dayKey, zonedTime } from '../../../i18n/index.ts';
import type { Found } from '../find.ts';
import { times } from '../new-lesson.ts';

export type ChangeType = LessonChange['type'];

/** One draft for all kinds of change; each looks only at its own part. */
export type ChangeDraft = {
  readonly teacher: Found | null;
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly groups: readonly Found[];
  readonly place: Found | null;
  readonly mode: TeachingMode;
  readonly title: string;
};

export type ChangeFault = 'teacher' | 'date' | 'start' | 'past' | 'length' | 'title' | 'same';

export function draftOf(lesson: Lesson): ChangeDraft {
  const { place } = lesson;
  return {
    teacher: null,
    day: dayKey(lesson.startsAt),
    start: clockTime(lesson.startsAt),
    end: clockTime(lesson.endsAt),
    groups: lesson.groups.map(({ id, name }) => ({ id, name, detail: '' })),
    place: place && { id: place.id, name: place.name, detail: place.building },
    mode: lesson.mode,
    title: lesson.title,
  };
}

export function changeFaults(type: ChangeType, draft: ChangeDraft, lesson: Lesson, now: number): readonly ChangeFault[] {
  const same = sameAs(type, draft, lesson) ? (['same'] as const) : [];
  switch (type) {
    case 'substitute':
      return draft.teacher ? same : ['teacher'];
    case 'move': {
      if (Number.isNaN(Date.parse(draft.day))) return ['date'];
      const span = times(draft);
      if (!span) return ['start'];
      if (span.endsAt - span.startsAt > 12 * 3_600_000) return ['length'];
      return span.startsAt <= now ? ['past'] : same;
    }
    case 'rename':
      return draft.title.trim() === '' || draft.title.trim().length > 200 ? ['title'] : same;
    default:
      return same;
  }
}

/** Undefined while something is missing. */
export function changeOf(type: ChangeType, draft: ChangeDraft, lesson: Lesson): z.input<typeof LessonChange> | undefined {
  switch (type) {
    case 'substitute':
      return draft.teacher ? { type, teacherId: draft.teacher.id } : undefined;
    case 'move': {
      const span = times(draft);
      const placeId = draft.place?.id ?? null;
      const moved = placeId !== (lesson.place?.id ?? null);
      return span && { type, startsAt: span.startsAt, endsAt: span.endsAt, ...(moved && { placeId }) };
    }
    case 'groups':
      return { type, groupIds: draft.groups.map(({ id }) => id) };
    case 'place':
      // Who is only in the browser keeps no place.
      return { type, mode: draft.mode, placeId: draft.mode === 'online' ? null : (draft.place?.id ?? null) };
    case 'rename':
      return { type, title: draft.title.trim() };
    case 'cancel':
    case 'restore':
      return { type };
  }
}

function sameAs(type: ChangeType, draft: ChangeDraft, lesson: Lesson): boolean {
  const change = changeOf(type, draft, lesson);
  switch (change?.type) {
    case 'substitute':
      return change.teacherId === lesson.teacher.id;
    case 'move':
      return change.startsAt === lesson.startsAt && change.endsAt === lesson.endsAt && change.placeId === undefined;
    case 'groups':
      return (
        change.groupIds.toSorted().join() ===
        lesson.groups
          .map(({ id }) => String(id))
          .toSorted()
          .join()
      );
    case 'place':
      return change.mode === lesson.mode && change.placeId === (lesson.place?.id ?? null);
    case 'rename':
      return change.title === lesson.title;
    default:
      return false;
  }
}

function clockTime(instant: number): string {
  const { hour, minute } = zonedTime(instant);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
