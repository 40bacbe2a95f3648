// A tally in words and figures: how much was attended, and what the rest was.
import type { Matrix, Tally } from '../../../server/contract/reports.ts';
import { dayKey, instantAt, useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';

type Trend = Matrix['trend'];

const percent: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 1 };

export function useShare(): (share: number | null) => string {
  const { t, number } = useText();
  return (share) => (share === null ? t('reports.noShare') : number(share, percent));
}

export function ShareBar({ share }: { readonly share: number | null }) {
  const words = useShare();
  return (
    <span className="report-share">
      <span className="tabular">{words(share)}</span>
      <span className="report-bar" aria-hidden="true">
        <span className="report-bar-fill" style={{ inlineSize: `${(share ?? 0) * 100}%` }} />
      </span>
    </span>
  );
}

const parts = ['present', 'late', 'leftEarly', 'asynchronous', 'excused', 'absent'] as const;

type TotalsProps = {
  readonly total: Tally;
  readonly trend: Trend;
  /** Further figures, already in words. */
  readonly more?: readonly { readonly label: string; readonly value: string }[];
};

export function Totals({ total, trend, more = [] }: TotalsProps) {
  const { t, number } = useText();
  const share = useShare();
  return (
    <Card className="report-totals">
      <dl className="report-figures">
        <div className="report-figure report-figure-main">
          <dt>{t('reports.attended')}</dt>
          <dd>{share(total.share)}</dd>
        </div>
        {parts.map((part) =>
          total[part] > 0 || part === 'present' || part === 'absent' ? (
            <div key={part} className="report-figure">
              <dt>{t(`reports.part.${part}`)}</dt>
              <dd>{number(total[part])}</dd>
            </div>
          ) : null,
        )}
        {more.map(({ label, value }) => (
          <div key={label} className="report-figure">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <TrendBars trend={trend} />
    </Card>
  );
}

/** A bar for each week; the figures are in a list for those who do not see it. */
function TrendBars({ trend }: { readonly trend: Trend }) {
  const { t, date } = useText();
  const share = useShare();
  if (trend.length < 2) return null;
  const label = (week: string) => date(instantAt(week, '12:00'), 'short');
  return (
    <figure className="report-trend">
      <figcaption>{t('reports.trend')}</figcaption>
      <ol className="report-weeks">
        {trend.map(({ week, tally }) => (
          <li key={week} className="report-week" title={`${label(week)}: ${share(tally.share)}`}>
            <span className="visually-hidden">{t('reports.trend.week', { day: label(week), share: share(tally.share) })}</span>
            <span className="report-week-frame" aria-hidden="true">
              <span className="report-week-bar" style={{ blockSize: `${(tally.share ?? 0) * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
      <div className="report-trend-ends" aria-hidden="true">
        <span>{label(trend[0]?.week ?? dayKey(0))}</span>
        <span>{label(trend.at(-1)?.week ?? dayKey(0))}</span>
      </div>
    </figure>
  );
}
