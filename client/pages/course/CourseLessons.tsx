// The lessons of a course that are to come, or those that are over, in pages of some weeks.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { CourseId, LessonId } from '../../../server/contract/ids.ts';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { LessonLinks } from '../timetable/LessonLinks.tsx';
import { LessonMarks, LessonPlace } from '../timetable/LessonMarks.tsx';
import { stateOf } from '../timetable/lesson-state.ts';
import { StateChip } from '../timetable/StateChip.tsx';
import { lessonsKey } from '../timetable/useLessons.ts';
import { type Direction, nextStep, spanAt, within } from './spans.ts';

type CourseLessonsProps = {
  readonly courseId: CourseId;
  readonly direction: Direction;
  /** How many there are, cancelled ones not counted. */
  readonly counted: number;
  readonly now: number;
  readonly onOpen: (id: LessonId) => void;
};

/** Empty spans are passed over until this many lessons have come together. */
const enough = 6;

export function CourseLessons({ courseId, direction, counted, now, onOpen }: CourseLessonsProps) {
  const { t } = useText();
  // The moment stays while the page is open, so that no lesson wanders from one list into the other half-way.
  const [moment] = useState(() => Math.floor(now / 60_000) * 60_000);
  const list = useInfiniteQuery({
    queryKey: [lessonsKey, 'course', courseId, direction, moment, counted],
    initialPageParam: { step: 0, found: 0 },
    queryFn: async ({ pageParam, signal }) => {
      const lessons: Lesson[] = [];
      let found = pageParam.found;
      let step: number | undefined = pageParam.step;
      while (step !== undefined && lessons.length < enough) {
        const span = spanAt(direction, moment, step);
        const answer = await api(lessonRoutes.lessons, { query: { ...span, courseId }, signal });
        const mine = within(answer.lessons, direction, moment, span);
        lessons.push(...mine);
        found += mine.filter(({ phase }) => phase !== 'cancelled').length;
        step = nextStep(step, found, counted);
      }
      return { lessons, next: step === undefined ? undefined : { step, found } };
    },
    getNextPageParam: (page) => page.next,
  });
  const lessons = list.data?.pages.flatMap((page) => page.lessons) ?? [];
  if (list.isPending) return <Skeleton height="12rem" />;
  return (
    <>
      {list.error ? <LoadBanner error={list.error} onRetry={() => void list.refetch()} /> : null}
      {lessons.length === 0 && !list.error ? (
        <EmptyState icon={CalendarIcon} level={3} title={t(`course.${direction}.empty`)} />
      ) : (
        <ol className="course-lessons">
          {lessons.map((lesson) => (
            <CourseLesson key={lesson.id} lesson={lesson} now={now} onOpen={onOpen} />
          ))}
        </ol>
      )}
      {list.hasNextPage ? (
        <div>
          <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function CourseLesson({ lesson, now, onOpen }: Pick<CourseLessonsProps, 'now' | 'onOpen'> & { readonly lesson: Lesson }) {
  const { t, date, timeRange } = useText();
  const state = stateOf(lesson, now);
  return (
    <li className={cx('course-lesson', `course-lesson-${state}`)}>
      <p className="course-lesson-when">
        <span className="course-lesson-day">{date(lesson.startsAt, 'day')}</span>
        <span className="tabular">{timeRange(lesson.startsAt, lesson.endsAt)}</span>
      </p>
      <div className="course-lesson-text">
        <AriaButton className="title-button course-lesson-title" onPress={() => onOpen(lesson.id)}>
          {lesson.title}
        </AriaButton>
        <p className="drawer-note">
          {[t(`timetable.kind.${lesson.kind}`), lesson.teacher.displayName, lesson.groups.map(({ name }) => name).join(', ')]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {state === 'cancelled' ? null : <LessonPlace lesson={lesson} />}
        <LessonMarks lesson={lesson} />
      </div>
      <div className="course-lesson-end">
        {state === 'planned' || state === 'over' ? null : <StateChip state={state} />}
        {state === 'over' || state === 'closing' ? <LessonLinks lesson={lesson} /> : null}
      </div>
    </li>
  );
}
