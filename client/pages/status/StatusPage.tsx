// The load of the server: what needs someone, its figures, rooms and media workers, live and over the last hour; for administrators.
import { errorCode } from '../../app/api.ts';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReloadIcon, WarningIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { CapacitySection } from './capacity/CapacitySection.tsx';
import { HourCharts } from './chart/HourCharts.tsx';
import { FigureCard } from './FigureCard.tsx';
import { figures, levelOf, roomLevel, type Status } from './figures.ts';
import { noHistory } from './history.ts';
import { RoomsSection } from './RoomsSection.tsx';
import { StatusNav } from './StatusNav.tsx';
import { ofServer, useHour, useStatus } from './useLoad.ts';
import { WorkersSection } from './WorkersSection.tsx';
import './status.css';

export default function StatusPage() {
  const { t, refusal } = useText();
  const { data, error, refetch } = useStatus();
  usePageTitle(t('status.title'));
  if (data) return <Shown status={data} isStale={error !== null} />;
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

type ShownProps = { readonly status: Status; readonly isStale: boolean };

function Shown({ status, isStale }: ShownProps) {
  const { t, dateTime, time } = useText();
  const { data: history = noHistory } = useHour(ofServer);
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
        <RoomsSection rooms={status.rooms} now={status.now} />
        <WorkersSection workers={status.workers} />
        <section className="status-section">
          <h2>{t('status.lastHour')}</h2>
          <HourCharts of={ofServer} />
        </section>
        <CapacitySection />
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
