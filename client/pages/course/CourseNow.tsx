// The class of a course that runs now, or the next one: large, with the one button.
import { useQuery } from '@tanstack/react-query';
import type { CourseId, LessonId } from '../../../server/contract/ids.ts';
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { stateOf } from '../timetable/lesson-state.ts';
import { NextCard } from '../timetable/NextCard.tsx';
import { NowCard } from '../timetable/NowCard.tsx';
import { nowQuery } from './course.ts';

type CourseNowProps = {
  readonly courseId: CourseId;
  readonly now: number;
  readonly clockAheadMs: number;
  readonly onOpen: (id: LessonId) => void;
};

export function CourseNow({ courseId, now, clockAheadMs, onOpen }: CourseNowProps) {
  const { t } = useText();
  const { data: lesson, isPending } = useQuery(nowQuery(courseId));
  if (isPending) return <Skeleton height="9rem" />;
  if (!lesson) return <EmptyState icon={CalendarIcon} title={t('course.noNext')} />;
  return stateOf(lesson, now) === 'running' ? (
    <NowCard lesson={lesson} now={now} named={false} onOpen={onOpen} />
  ) : (
    <NextCard lesson={lesson} now={now} clockAheadMs={clockAheadMs} large onOpen={onOpen} />
  );
}
