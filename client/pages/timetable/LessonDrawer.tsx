// All about one lesson, and what those who manage it can do with it.
import { useQuery } from '@tanstack/react-query';
import type { LessonId } from '../../../server/contract/ids.ts';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { Link } from '../../ui/Link.tsx';
import { SkeletonText } from '../../ui/Skeleton.tsx';
import { ChangeButtons } from './change/ChangeButtons.tsx';
import { ChangeHistory } from './change/ChangeHistory.tsx';
import { EnterButton } from './EnterButton.tsx';
import { ExtendLesson } from './ExtendLesson.tsx';
import { Fact } from './Fact.tsx';
import { GuestLink } from './GuestLink.tsx';
import { RecordingLinks, RegisterLink } from './LessonLinks.tsx';
import { LessonMarks } from './LessonMarks.tsx';
import { isOpen, stateOf } from './lesson-state.ts';
import { RulesWords } from './RulesWords.tsx';
import { StateChip } from './StateChip.tsx';
import { lessonsKey } from './useLessons.ts';
import { placeWords } from './words.ts';
import './LessonDrawer.css';

type LessonDrawerProps = {
  /** Null: closed. */
  readonly id: LessonId | null;
  /** The lesson as the page has it; missing where it shows other lessons. */
  readonly known: Lesson | undefined;
  readonly now: number;
  readonly onClose: () => void;
};

export function LessonDrawer({ id, known, now, onClose }: LessonDrawerProps) {
  const { t } = useText();
  const { data, error, refetch } = useQuery({
    queryKey: [lessonsKey, 'one', id],
    queryFn: ({ signal }) => (id ? api(lessonRoutes.lesson, { params: { id }, signal }) : null),
    // A lesson that moves out of the page's days stays open here.
    enabled: id !== null,
    placeholderData: known ?? null,
  });
  const lesson = known ?? data ?? undefined;
  return (
    <Drawer isOpen={id !== null} onOpenChange={(open) => !open && onClose()} title={lesson?.title ?? t('timetable.lesson')}>
      {lesson ? (
        <Contents lesson={lesson} now={now} />
      ) : error ? (
        <LoadFailure error={error} title={t('timetable.lessonFailed')} onRetry={() => void refetch()} />
      ) : (
        <SkeletonText lines={6} />
      )}
    </Drawer>
  );
}

function Contents({ lesson, now }: { readonly lesson: Lesson; readonly now: number }) {
  const texts = useText();
  const { t, date, time, timeRange } = texts;
  const state = stateOf(lesson, now);
  const begun = state === 'running' || state === 'closing' || state === 'over';
  const manages = lesson.canManage && state !== 'cancelled' && state !== 'over';
  return (
    <>
      <p className="drawer-chips">
        <StateChip state={state} />
        <Chip>{t(`timetable.kind.${lesson.kind}`)}</Chip>
      </p>
      <LessonMarks lesson={lesson} />
      {isOpen(state) ? <EnterButton lesson={lesson} again={state === 'closing'} /> : null}
      {state === 'planned' ? <p className="drawer-note">{t('timetable.opensAt', { time: time(lesson.opensAt) })}</p> : null}
      <dl className="facts">
        <Fact name={t('timetable.field.time')}>
          {date(lesson.startsAt, 'day')}, <span className="tabular">{timeRange(lesson.startsAt, lesson.endsAt)}</span>
        </Fact>
        <Fact name={t('timetable.field.course')}>
          <Link href={`/courses/${lesson.course.id}`}>{lesson.course.title}</Link> <span className="drawer-note">{lesson.course.code}</span>
        </Fact>
        <Fact name={t('timetable.field.teacher')}>{lesson.teacher.displayName}</Fact>
        <Fact name={t('timetable.field.place')}>{placeWords(lesson, texts) ?? t('timetable.mode.online')}</Fact>
        {lesson.groups.length > 0 ? (
          <Fact name={t('timetable.field.groups')}>{lesson.groups.map(({ name }) => name).join(', ')}</Fact>
        ) : null}
        <Fact name={t('timetable.field.people')}>
          {t('timetable.field.rosterSize', { n: lesson.rosterSize })}
          {lesson.here > 0 ? ` · ${t('timetable.here', { here: lesson.here, all: Math.max(lesson.rosterSize, lesson.here) })}` : ''}
        </Fact>
      </dl>
      {begun ? (
        <p className="lesson-links">
          <RegisterLink lesson={lesson} />
          {lesson.recordings > 0 ? <RecordingLinks lesson={lesson} /> : null}
        </p>
      ) : null}
      <ChangeButtons lesson={lesson} now={now} />
      {manages && isOpen(state) ? <ExtendLesson lesson={lesson} now={now} /> : null}
      {manages && lesson.rules.guests ? <GuestLink lesson={lesson} /> : null}
      <section className="drawer-part">
        <h3>{t('timetable.new.rules')}</h3>
        <dl className="facts">
          <RulesWords rules={lesson.rules} />
        </dl>
      </section>
      {lesson.canManage ? <ChangeHistory id={lesson.id} /> : null}
    </>
  );
}
