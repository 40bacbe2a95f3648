// The lesson that runs now, large, with one button.
import { Button as AriaButton } from 'react-aria-components';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { ClockIcon, GraduationIcon, PeopleIcon, PlaceIcon } from '../../ui/icons.ts';
import { EnterButton } from './EnterButton.tsx';
import { LessonMarks } from './LessonMarks.tsx';
import { StateChip } from './StateChip.tsx';
import { placeWords } from './words.ts';
import './cards.css';

type NowCardProps = {
  readonly lesson: Lesson;
  readonly now: number;
  /** Its button says which class it leads to. */
  readonly named: boolean;
  readonly onOpen: (id: LessonId) => void;
};

export function NowCard({ lesson, now, named, onOpen }: NowCardProps) {
  const { t, timeRange, duration } = useText();
  const passed = (now - lesson.startsAt) / (lesson.endsAt - lesson.startsAt);
  // Whole minutes: seconds that tick beside the one button would only unsettle.
  const leftMs = Math.max(60_000, Math.ceil((lesson.endsAt - now) / 60_000) * 60_000);
  const place = placeWords(lesson, { t });
  const groups = lesson.groups.map(({ name }) => name).join(', ');
  return (
    <section className="now-card" aria-label={`${t('timetable.runningNow')}: ${lesson.title}`}>
      <div className="now-card-head">
        <StateChip state="running" />
        <Chip>{t(`timetable.kind.${lesson.kind}`)}</Chip>
      </div>
      <div>
        <h2 className="now-card-title">
          <AriaButton className="title-button" onPress={() => onOpen(lesson.id)}>
            {lesson.title}
          </AriaButton>
        </h2>
        <p className="now-card-course">{lesson.course.title}</p>
      </div>
      <ul className="now-card-facts">
        <li>
          <ClockIcon />
          <span className="tabular">
            {timeRange(lesson.startsAt, lesson.endsAt)} · {t('timetable.left', { time: duration(leftMs) })}
          </span>
        </li>
        <li>
          <GraduationIcon />
          <span>{[lesson.teacher.displayName, groups].filter(Boolean).join(' · ')}</span>
        </li>
        {place ? (
          <li>
            <PlaceIcon />
            <span>{place}</span>
          </li>
        ) : null}
        <li>
          <PeopleIcon />
          <span className="tabular">
            {lesson.here > 0
              ? t('timetable.here', { here: lesson.here, all: Math.max(lesson.rosterSize, lesson.here) })
              : t('timetable.hereNobody')}
          </span>
        </li>
      </ul>
      <LessonMarks lesson={lesson} />
      <div className="now-card-foot">
        <EnterButton lesson={lesson} main named={named} />
      </div>
      <span className="now-card-time" aria-hidden="true">
        <span style={{ width: `${Math.min(100, passed * 100)}%` }} />
      </span>
    </section>
  );
}
