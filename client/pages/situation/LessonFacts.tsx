// Who teaches, where, how many are there and whether it is recorded: the small print of a lesson.
import type { SituationLesson } from '../../../server/contract/situation.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { PeopleIcon, PersonIcon, PlaceIcon, RecordIcon, SubstituteIcon } from '../../ui/icons.ts';
import { markText, turnout, whereWords } from './words.ts';

type Of = { readonly lesson: SituationLesson };

export function TeacherFact({ lesson: { teacher, ledBy, marks } }: Of) {
  const { t } = useText();
  const substituted = marks.find(({ type }) => type === 'substituted');
  const Sign = substituted || ledBy ? SubstituteIcon : PersonIcon;
  return (
    <span className="situation-fact">
      <Sign />
      <span>
        {teacher.displayName}
        {substituted?.type === 'substituted' ? (
          <span className="situation-quiet">{t('situation.substituted', { name: substituted.teacherName })}</span>
        ) : null}
        {ledBy === null ? null : <span className="situation-quiet">{t('situation.ledBy', { name: ledBy })}</span>}
      </span>
    </span>
  );
}

export function PlaceFact({ lesson, faculty }: Of & { readonly faculty?: string | undefined }) {
  const where = whereWords(lesson);
  if (where === undefined && faculty === undefined) return null;
  return (
    <span className="situation-fact">
      {where === undefined ? null : <PlaceIcon />}
      <span>
        {where}
        {faculty === undefined ? null : <span className="situation-quiet">{faculty}</span>}
      </span>
    </span>
  );
}

export function TurnoutFact({ lesson }: Of) {
  const texts = useText();
  const words = turnout(lesson, texts);
  if (words === undefined) return null;
  return (
    <span className="situation-fact tabular">
      <PeopleIcon />
      <span>{words}</span>
    </span>
  );
}

export function RecordingFact({ lesson: { recording } }: Of) {
  const { t } = useText();
  if (recording === 'none') return null;
  return (
    <Chip tone={recording === 'recording' ? 'recording' : 'neutral'} icon={RecordIcon}>
      {t(`situation.recording.${recording}`)}
    </Chip>
  );
}

/** What differs from the plan but for the teacher, who is told of elsewhere. */
export function MarksFact({ lesson: { marks, startsAt } }: Of) {
  const texts = useText();
  const others = marks.filter(({ type }) => type !== 'substituted');
  if (others.length === 0) return null;
  return <span className="situation-quiet">{others.map((mark) => markText(mark, startsAt, texts)).join(' · ')}</span>;
}
