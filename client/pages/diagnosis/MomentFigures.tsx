// All that was measured at the chosen moment.
import type { Stay, Step } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { DegreeChip } from './DegreeChip.tsx';
import { figuresOf, momentWords } from './moment-words.ts';

type MomentFiguresProps = { readonly at: number; readonly step: Step | null; readonly stay: Stay };

export function MomentFigures({ at, step, stay }: MomentFiguresProps) {
  const texts = useText();
  return (
    <div className="stay-moment">
      <p className="diagnosis-what">
        <strong className="tabular">{momentWords(at, step, texts)}</strong>
        {step && step.severity !== null ? <DegreeChip severity={step.severity} /> : null}
      </p>
      {step ? (
        <dl className="stay-figures" aria-label={texts.t('diagnosis.figures')}>
          {figuresOf(step, stay, texts).map(({ id, title, value }) => (
            <div key={id}>
              <dt>{title}</dt>
              <dd className="tabular">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
