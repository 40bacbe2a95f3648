// When the person was in class, along the picture's time, and what broke it.
import type { Stay } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { percentAt } from '../register/time-axis.ts';
import type { Frame } from './lanes.ts';
import { type Mark, marksOf } from './marks.ts';
import { exactTime, type Words } from './words.ts';
import '../register/bars.css';

const looks = { there: 'bar-present', waiting: 'bar-lobby', hidden: 'bar-hidden', lost: 'bar-gap-network' } as const;

export function PresenceLane({ stay, frame }: { readonly stay: Stay; readonly frame: Frame }) {
  const texts = useText();
  const marks = marksOf(stay, frame);
  const title = texts.t('diagnosis.lane.there');
  return (
    <div className="stay-lane">
      <span className="stay-lane-name" aria-hidden="true">
        {title}
      </span>
      <div className="stay-presence" role="img" aria-label={`${title}. ${marks.map((mark) => markWords(mark, texts)).join('; ')}`}>
        {marks.map((mark) => (
          <MarkShape key={`${mark.kind} ${'at' in mark ? mark.at : mark.from}`} mark={mark} frame={frame} />
        ))}
      </div>
    </div>
  );
}

function MarkShape({ mark, frame }: { readonly mark: Mark; readonly frame: Frame }) {
  if ('at' in mark) return <span className="stay-point" style={{ insetInlineStart: `${percentAt(frame, mark.at)}%` }} />;
  const start = percentAt(frame, mark.from);
  const style = { insetInlineStart: `${start}%`, inlineSize: `${percentAt(frame, mark.to) - start}%` };
  return <span className={`bar ${looks[mark.kind]}`} style={style} />;
}

function markWords(mark: Mark, { t }: Pick<Words, 't'>): string {
  if ('at' in mark) return t(`diagnosis.mark.${mark.kind}`, { at: exactTime(mark.at) });
  return t(`diagnosis.mark.${mark.kind}`, { from: exactTime(mark.from), to: exactTime(mark.to) });
}
