// Load and rooms, live, for administrators.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { routes } from '../../../server/contract/http.ts';
import { api, errorCode } from '../../app/api.ts';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReloadIcon, WarningIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { CapacitySection } from './capacity/CapacitySection.tsx';
import { FigureCard } from './FigureCard.tsx';
import { figures, levelOf, roomLevel, type Status } from './figures.ts';
import { type Sample, withSample } from './history.ts';
import { StatusNav } from './StatusNav.tsx';
import { LastHour, Rooms, Workers } from './Tables.tsx';
import './status.css';

const askAgainMs = 5000;

export default function StatusPage() {
  const { t, refusal } = useText();
  const { data, error, refetch } = useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => api(routes.status, { signal }),
    refetchInterval: askAgainMs,
    // The line of the last hour should have no holes while the person looks at another tab.
    refetchIntervalInBackground: true,
    staleTime: 0,
  });
  const [history, setHistory] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (data) setHistory((before) => withSample(before, data));
  }, [data]);
  usePageTitle(t('status.title'));
  if (data) return <Shown status={data} history={history} isStale={error !== null} />;
  if (!error) return <PageSkeleton />;
  return (
    <EmptyState
      icon={WarningIcon}
      level={1}
      title={t('status.failed')}
      action={
        <Button kind="primary" icon={ReloadIcon} onPress={() => void refetch()}>
          {t('app.tryAgain')}
        </Button>
      }
    >
      {refusal(errorCode(error))}
    </EmptyState>
  );
}

type ShownProps = { readonly status: Status; readonly history: readonly Sample[]; readonly isStale: boolean };

function Shown({ status, history, isStale }: ShownProps) {
  const { t, dateTime, time } = useText();
  return (
    <>
      <PageHeader
        title={t('status.title')}
        note={t('status.note', { version: status.version, since: dateTime(status.startedAt), time: time(status.now) })}
      />
      <StatusNav />
      <div className="status-page">
        {isStale ? (
          <Banner tone="warn" announce="polite">
            {t('status.stale', { time: time(status.now) })}
          </Banner>
        ) : (
          <Verdict status={status} />
        )}
        <dl className="figures" aria-label={t('status.figures')}>
          {figures.map((figure) => (
            <FigureCard key={figure.id} figure={figure} status={status} history={history} />
          ))}
        </dl>
        <CapacitySection />
        <section className="status-section">
          <h2>{t('status.roomsTable')}</h2>
          <Rooms rooms={status.rooms} now={status.now} />
        </section>
        <section className="status-section">
          <h2>{t('status.workers')}</h2>
          <Workers workers={status.workers} />
        </section>
        <details className="status-details">
          <summary>{t('status.lastHour')}</summary>
          <LastHour history={history} />
        </details>
        <p className="status-quiet">
          {t('status.metrics')}{' '}
          <a className="link" href="/metrics">
            /metrics
          </a>
          {' · '}
          <a className="link" href="/api/openapi.json">
            /api/openapi.json
          </a>
        </p>
      </div>
    </>
  );
}

/** What needs someone, said first. */
function Verdict({ status }: { readonly status: Status }) {
  const { t } = useText();
  const troubled = figures.flatMap((figure) => {
    const level = levelOf(figure, figure.of(status));
    return level === 'watch' || level === 'act' ? [{ title: t(figure.title), level }] : [];
  });
  const rooms = status.rooms.filter((room) => roomLevel(room) !== 'good').length;
  if (troubled.length === 0 && rooms === 0) return <Banner tone="good">{t('status.allWell')}</Banner>;
  const names = [...troubled.map(({ title }) => title), ...(rooms > 0 ? [t('status.roomsInTrouble', { n: rooms })] : [])];
  return (
    <Banner tone={troubled.some(({ level }) => level === 'act') ? 'danger' : 'warn'} title={t('status.lookAt')}>
      {names.join(' · ')}
    </Banner>
  );
}
