// A lesson of the board, for tests: runs well unless told otherwise.
import { CourseId, FacultyId, LessonId, PersonId } from '../../../server/contract/ids.ts';
import type { SituationLesson, Trouble } from '../../../server/contract/situation.ts';

export const noon = Date.UTC(2026, 10, 23, 7);
export const minute = 60_000;

export function lesson(over: Omit<Partial<SituationLesson>, 'lessonId'> & { readonly id?: string } = {}): SituationLesson {
  const { id = 'l-1', ...rest } = over;
  return {
    lessonId: LessonId.parse(id),
    title: 'Нормальные формы',
    kind: 'lecture',
    mode: 'online',
    course: { id: CourseId.parse('c-1'), code: 'DB2201', title: 'Базы данных' },
    facultyId: FacultyId.parse('f-1'),
    place: null,
    groups: ['ИС-23-1'],
    teacher: { id: PersonId.parse('p-1'), displayName: 'Сейітова Айгүл' },
    ledBy: null,
    startsAt: noon,
    endsAt: noon + 50 * minute,
    marks: [],
    state: 'running',
    begunAt: noon,
    endedAt: null,
    here: 23,
    came: 24,
    expected: 28,
    recording: 'recording',
    recordingDue: true,
    troubles: [],
    mayObserve: true,
    ...rest,
  };
}

export function trouble(kind: Trouble['kind'], since: number, over: Partial<Trouble> = {}): Trouble {
  return { kind, since, until: null, source: null, ...over };
}
