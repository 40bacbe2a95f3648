// A lesson that needs someone: what is wrong and for how long stands first, then all that helps to act.
import type { SituationLesson } from '../../../server/contract/situation.ts';
import { useText } from '../../i18n/index.ts';
import { Chip, StatusChip } from '../../ui/Chip.tsx';
import { Link } from '../../ui/Link.tsx';
import { type Moment, toneOf, troublesToShow } from './board.ts';
import { stateLooks } from './icons.ts';
import { MarksFact, PlaceFact, RecordingFact, TeacherFact, TurnoutFact } from './LessonFacts.tsx';
import { ObserveLink } from './ObserveLink.tsx';
import { TroubleList } from './TroubleList.tsx';

type TroubleCardProps = {
  readonly lesson: SituationLesson;
  readonly faculty: string | undefined;
  readonly moment: Moment;
  readonly isNew: boolean;
};

export function TroubleCard({ lesson, faculty, moment, isNew }: TroubleCardProps) {
  const { t, timeRange } = useText();
  const { lessonId, title, course, kind, startsAt, endsAt, state } = lesson;
  const troubles = troublesToShow(lesson, moment);
  const isGrave = state === 'not-held' || troubles.some((trouble) => toneOf(trouble.kind) === 'danger');
  const look = stateLooks[state];
  return (
    <li className="situation-card" data-tone={isGrave ? 'danger' : 'warn'} data-new={isNew || undefined}>
      <div className="situation-card-head">
        <TroubleList troubles={troubles} title={title} now={moment.now} />
        {isNew ? <StatusChip tone="info">{t('situation.new')}</StatusChip> : null}
      </div>
      <div>
        <h3 className="situation-card-title">
          <Link href={`/lessons/${lessonId}/register`}>{title}</Link>
        </h3>
        <p className="situation-quiet">
          {[timeRange(startsAt, endsAt), t(`timetable.kind.${kind}`), course.title].join(' · ')}
          <MarksFact lesson={lesson} />
        </p>
      </div>
      <div className="situation-facts">
        <TeacherFact lesson={lesson} />
        <PlaceFact lesson={lesson} faculty={faculty} />
      </div>
      <div className="situation-card-foot">
        <Chip tone={look.tone} icon={look.icon}>
          {t(`situation.state.${state}`)}
        </Chip>
        <TurnoutFact lesson={lesson} />
        <RecordingFact lesson={lesson} />
        <span className="situation-card-act">
          <Link href={`/diagnosis?lesson=${lessonId}`} aria-label={t('situation.diagnosis.one', { title })}>
            {t('situation.diagnosis')}
          </Link>
          <ObserveLink lesson={lesson} />
        </span>
      </div>
    </li>
  );
}
