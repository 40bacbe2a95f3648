// One figure: its value now, whether it needs someone, and its last hour as a line.
import type { LoadHistory } from '../../../server/contract/monitoring.ts';
import { useText } from '../../i18n/index.ts';
import { type Figure, levelOf, type Status } from './figures.ts';
import { formatFigure } from './format.ts';
import { linesOf, summaryOf, valuesOf } from './history.ts';
import { LevelChip } from './LevelChip.tsx';

export type FigureCardProps = { readonly figure: Figure; readonly status: Status; readonly history: LoadHistory };

export function FigureCard({ figure, status, history }: FigureCardProps) {
  const texts = useText();
  const { t } = texts;
  const value = figure.of(status);
  const level = levelOf(figure, value);
  const summary = summaryOf(valuesOf(history, figure.id));
  const format = (one: number) => formatFigure(texts, figure.unit, one);
  const words = summary ? t('status.range', { least: format(summary.least), most: format(summary.most) }) : t('status.noValue');
  return (
    <div className="figure" data-level={level ?? undefined}>
      <dt className="figure-title">{t(figure.title)}</dt>
      <dd className="figure-body">
        <span className="figure-head">
          <span className="figure-value tabular">{value === null ? t('status.noValue') : format(value)}</span>
          {level && level !== 'good' ? <LevelChip level={level} /> : null}
        </span>
        <svg className="figure-line" viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label={words}>
          <title>{words}</title>
          {linesOf(history, figure.id).map((line) => (
            <polyline key={line[0]?.x} points={line.map(({ x, y }) => `${(x * 200).toFixed(1)},${(2 + y * 36).toFixed(1)}`).join(' ')} />
          ))}
        </svg>
      </dd>
    </div>
  );
}
