// The last hour of the server, of a media worker or of a room, in pictures and figures.
import { errorCode } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { type HourOf, useHour } from '../useLoad.ts';
import { chartsOf } from './charts.ts';
import { HourChart } from './HourChart.tsx';
import './chart.css';

export function HourCharts({ of }: { readonly of: HourOf }) {
  const { t, refusal } = useText();
  const { data, error } = useHour(of);
  if (!data) {
    if (!error) return <Skeleton height="14rem" />;
    // One that is new, or has just ended, has no hour behind it.
    const code = errorCode(error);
    return <p className="status-none">{code === 'not-found' ? t('status.hour.none') : refusal(code)}</p>;
  }
  if (data.at.length === 0) return <p className="status-none">{t('status.hour.none')}</p>;
  return (
    <div className="hours">
      {chartsOf(data).map((chart) => (
        <HourChart key={chart.id} chart={chart} history={data} />
      ))}
    </div>
  );
}
