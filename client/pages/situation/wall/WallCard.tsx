// One lesson that needs someone, to be read from across the room: what, for how long, which class, who, where.
import type { SituationLesson } from '../../../../server/contract/situation.ts';
import { useText } from '../../../i18n/index.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { type Moment, toneOf, troublesToShow } from '../board.ts';
import { stateLooks, troubleIcons } from '../icons.ts';
import { shortLength, troubleName, whereWords } from '../words.ts';

type WallCardProps = { readonly lesson: SituationLesson; readonly moment: Moment; readonly isNew: boolean };

export function WallCard({ lesson, moment, isNew }: WallCardProps) {
  const texts = useText();
  const { t, number, time } = texts;
  const { title, course, teacher, ledBy, state, startsAt, here, expected } = lesson;
  const [worst, ...others] = troublesToShow(lesson, moment);
  const Sign = worst ? troubleIcons[worst.kind] : stateLooks[state].icon;
  const details = [time(startsAt), ledBy ?? teacher.displayName, whereWords(lesson)].filter(Boolean);
  return (
    <li className="wall-card" data-tone={worst ? toneOf(worst.kind) : 'danger'} data-new={isNew || undefined}>
      <p className="wall-card-head">
        <Sign />
        <strong className="wall-card-what">{worst ? troubleName(worst, texts) : t(`situation.state.${state}`)}</strong>
        <span className="wall-card-length tabular">{worst ? shortLength(worst, moment.now, texts) : null}</span>
      </p>
      <h2 className="wall-card-title">
        {others.length > 0 ? <Chip tone="neutral">+{number(others.length)}</Chip> : null}
        {isNew ? <Chip tone="info">{t('situation.new')}</Chip> : null}
        <span className="wall-cut">{course.title === title ? title : `${course.title}: ${title}`}</span>
      </h2>
      <p className="wall-card-foot">
        <span className="wall-cut">{details.join(' · ')}</span>
        {expected > 0 ? (
          <span className="wall-whole tabular">
            {number(here)}/{number(expected)}
          </span>
        ) : null}
      </p>
    </li>
  );
}
