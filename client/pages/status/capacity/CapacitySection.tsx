// What the server carries now and will have to: pressure, priority, and the next four hours as a picture and in figures.
import { useQuery } from '@tanstack/react-query';
import type { CapacityPeak, CapacityView } from '../../../../server/contract/capacity.ts';
import { capacityRoutes } from '../../../../server/contract/routes-capacity.ts';
import { api, errorCode } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { fullestOf, type Quarter } from './bars.ts';
import { ForecastChart } from './ForecastChart.tsx';
import { ForecastTable } from './ForecastTable.tsx';
import { PressureNow } from './PressureNow.tsx';
import './capacity.css';

const askAgainMs = 15_000;

export function CapacitySection() {
  const { t, refusal } = useText();
  const { data, error } = useQuery({
    queryKey: ['capacity'],
    queryFn: ({ signal }) => api(capacityRoutes.capacity, { signal }),
    refetchInterval: askAgainMs,
    staleTime: 0,
  });
  return (
    <>
      <section className="status-section">
        <h2>{t('capacity.now')}</h2>
        {data ? <PressureNow capacity={data} /> : <Waiting height="6rem" error={error} />}
      </section>
      <section className="status-section">
        <h2>{t('capacity.title')}</h2>
        {data ? (
          <NextHours capacity={data} />
        ) : error ? (
          <p className="status-none">{refusal(errorCode(error))}</p>
        ) : (
          <Skeleton height="20rem" />
        )}
      </section>
    </>
  );
}

function Waiting({ height, error }: { readonly height: string; readonly error: Error | null }) {
  const { t } = useText();
  return error ? (
    <Banner tone="warn" announce="polite">
      {t('capacity.failed')}
    </Banner>
  ) : (
    <Skeleton height={height} />
  );
}

function NextHours({ capacity }: { readonly capacity: CapacityView }) {
  const { t, time, number } = useText();
  const { quarters, peaks, workers, viewersPerCore } = capacity;
  const fullest = fullestOf(quarters);
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      {workers.length === 0 ? <Banner tone="danger">{t('capacity.noWorkers')}</Banner> : null}
      {peaks.map((peak) => (
        <PeakBanner key={peak.startsAt} peak={peak} />
      ))}
      {peaks.length === 0 ? (
        <p>{fullest ? t('capacity.fine', { share: percent(fullest.share), time: time(fullest.startsAt) }) : t('capacity.quiet')}</p>
      ) : null}
      {fullest ? <Forecast capacity={capacity} fullest={fullest} /> : null}
      <p className="status-quiet">{t('capacity.note', { viewers: viewersPerCore, workers: workers.length })}</p>
    </>
  );
}

function Forecast({ capacity: { quarters, heaviest }, fullest }: { readonly capacity: CapacityView; readonly fullest: Quarter }) {
  const { t, time, number } = useText();
  return (
    <div className="forecast">
      <div className="forecast-side">
        <ForecastChart quarters={quarters} />
        {heaviest.length > 0 ? (
          <div className="forecast-heaviest">
            <h3>{t('capacity.heaviest', { time: time(fullest.startsAt) })}</h3>
            <ul>
              {heaviest.map(({ lessonId, title, courseTitle, people, share }) => (
                <li key={lessonId}>
                  <span className="status-room">
                    <Link href={`/lessons/${lessonId}`}>{title}</Link>
                    <span className="status-quiet">{courseTitle}</span>
                  </span>
                  <span className="tabular">
                    {t('capacity.heaviest.line', { people, share: number(share, { style: 'percent', maximumFractionDigits: 0 }) })}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
      <ForecastTable quarters={quarters} />
    </div>
  );
}

function PeakBanner({ peak }: { readonly peak: CapacityPeak }) {
  const { t, time, number } = useText();
  const { level, startsAt, endsAt, people } = peak;
  const share = number(peak.share, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <Banner tone={level === 'over' ? 'danger' : 'warn'}>
      {t(`capacity.peak.${level}`, { from: time(startsAt), to: time(endsAt), people, share })}
    </Banner>
  );
}
