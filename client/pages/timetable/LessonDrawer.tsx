// All about one lesson, and what those who manage it can do with it.
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { CancelLesson } from './CancelLesson.tsx';
import { EnterButton } from './EnterButton.tsx';
import { ExtendLesson } from './ExtendLesson.tsx';
import { Fact } from './Fact.tsx';
import { GuestLink } from './GuestLink.tsx';
import { RecordingLinks, RegisterLink } from './LessonLinks.tsx';
import { isOpen, stateOf } from './lesson-state.ts';
import { RulesWords } from './RulesWords.tsx';
import { StateChip } from './StateChip.tsx';
import './LessonDrawer.css';

type LessonDrawerProps = {
  /** Undefined: closed. */
  readonly lesson: Lesson | undefined;
  readonly now: number;
  readonly onClose: () => void;
};

export function LessonDrawer({ lesson, now, onClose }: LessonDrawerProps) {
  return (
    <Drawer isOpen={lesson !== undefined} onOpenChange={(open) => !open && onClose()} title={lesson?.title ?? ''}>
      {lesson ? <Contents lesson={lesson} now={now} onClose={onClose} /> : null}
    </Drawer>
  );
}

function Contents({ lesson, now, onClose }: { readonly lesson: Lesson; readonly now: number; readonly onClose: () => void }) {
  const { t, date, time, timeRange } = useText();
  const state = stateOf(lesson, now);
  const begun = state === 'running' || state === 'closing' || state === 'over';
  const manages = lesson.canManage && state !== 'cancelled' && state !== 'over';
  return (
    <>
      <p className="drawer-chips">
        <StateChip state={state} />
        <Chip>{t(`timetable.kind.${lesson.kind}`)}</Chip>
      </p>
      {isOpen(state) ? <EnterButton lesson={lesson} again={state === 'closing'} /> : null}
      {state === 'planned' ? <p className="drawer-note">{t('timetable.opensAt', { time: time(lesson.opensAt) })}</p> : null}
      <dl className="facts">
        <Fact name={t('timetable.field.time')}>
          {date(lesson.startsAt, 'day')}, <span className="tabular">{timeRange(lesson.startsAt, lesson.endsAt)}</span>
        </Fact>
        <Fact name={t('timetable.field.course')}>
          {lesson.course.title} <span className="drawer-note">{lesson.course.code}</span>
        </Fact>
        <Fact name={t('timetable.field.teacher')}>{lesson.teacher.displayName}</Fact>
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
      {manages && isOpen(state) ? <ExtendLesson lesson={lesson} now={now} /> : null}
      {manages && lesson.rules.guests ? <GuestLink lesson={lesson} /> : null}
      <section className="drawer-part">
        <h3>{t('timetable.new.rules')}</h3>
        <dl className="facts">
          <RulesWords rules={lesson.rules} />
        </dl>
      </section>
      {manages && !begun ? <CancelLesson lesson={lesson} onCancelled={onClose} /> : null}
    </>
  );
}
