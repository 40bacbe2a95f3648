// The next hours as bars, with a line at what the media workers are planned for. The table beside it says the same in figures.
import { useText } from '../../../i18n/index.ts';
import { barsOf, fullestOf, type Quarter } from './bars.ts';

const height = 100;
const barWidth = 10;
const gap = 2;
/** A label for each hour: four quarters. */
const quartersOfLabel = 4;

export function ForecastChart({ quarters }: { readonly quarters: readonly Quarter[] }) {
  const { t, time, number } = useText();
  const { bars, lineAt } = barsOf(quarters);
  const share = number(fullestOf(quarters)?.share ?? 0, { style: 'percent', maximumFractionDigits: 0 });
  const [first] = quarters;
  const last = quarters.at(-1);
  if (first === undefined || last === undefined) return null;
  const words = t('capacity.chart', {
    from: time(first.startsAt),
    to: time(last.startsAt + (last.startsAt - first.startsAt) / (quarters.length - 1)),
    share,
  });
  const width = quarters.length * (barWidth + gap);
  return (
    <div className="forecast-chart">
      <div className="forecast-plot">
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={words}>
          <title>{words}</title>
          {bars.map(({ quarter, state, height: part }, index) => (
            <rect
              key={quarter.startsAt}
              data-state={state}
              x={index * (barWidth + gap) + gap / 2}
              y={height * (1 - part)}
              width={barWidth}
              height={height * part}
            />
          ))}
          <line x1={0} x2={width} y1={height * (1 - lineAt)} y2={height * (1 - lineAt)} />
        </svg>
        <span className="forecast-full tabular" style={{ insetBlockEnd: `${lineAt * 100}%` }} aria-hidden="true">
          {number(1, { style: 'percent' })}
        </span>
      </div>
      <div className="forecast-hours tabular" aria-hidden="true">
        {quarters
          .filter((_, index) => index % quartersOfLabel === 0)
          .map(({ startsAt }) => (
            <span key={startsAt}>{time(startsAt)}</span>
          ))}
      </div>
    </div>
  );
}
