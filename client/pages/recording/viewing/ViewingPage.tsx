// Who watched a recording, how much of it, and where they watch again: for those who teach it.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { RecordingId } from '../../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../../server/contract/recording.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import type { Viewing } from '../../../../server/contract/viewing.ts';
import { watchingTimeOf } from '../../../../server/contract/watching-time.ts';
import { api } from '../../../app/api.ts';
import { NotFound } from '../../../app/FullPageNotice.tsx';
import { downloadText } from '../../../app/files.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../../app/page-title.ts';
import { type Texts, useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ArrowLeftIcon, PeopleIcon, SpreadsheetIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/Link.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useWide } from '../../register/useWide.ts';
import { useManifest } from '../useManifest.ts';
import { useRecordingPage } from '../useRecordingPage.ts';
import { HeatMap } from './HeatMap.tsx';
import { Viewers } from './Viewers.tsx';
import { csvOf, heatColumns, summaryOf } from './viewing-view.ts';
import './viewing.css';

/** So that a finger finds one column, and an eye the form of all. */
const columnsWide = 90;
const columnsNarrow = 40;

export default function ViewingPage() {
  const id = RecordingId.safeParse(useParams().recordingId);
  return id.success ? <OfRecording key={id.data} id={id.data} /> : <NotFound />;
}

function OfRecording({ id }: { readonly id: RecordingId }) {
  const { t } = useText();
  const manifest = useManifest(id);
  const { data: page } = useRecordingPage(id);
  const viewing = useQuery({
    queryKey: ['recording', id, 'viewing'],
    queryFn: ({ signal }) => api(recordingRoutes.viewing, { params: { id }, signal }),
    staleTime: 15_000,
  });
  usePageTitle(page ? t('viewing.titleOf', { title: page.title }) : t('viewing.title'));
  const error = viewing.error ?? manifest.error;
  if (viewing.data && manifest.data) return <Shown viewing={viewing.data} manifest={manifest.data} title={page?.title ?? ''} />;
  if (!error) return <PageSkeleton />;
  return (
    <LoadFailure
      error={error}
      title={t('viewing.failed')}
      onRetry={() => {
        void viewing.refetch();
        void manifest.refetch();
      }}
    />
  );
}

type ShownProps = { readonly viewing: Viewing; readonly manifest: RecordingManifest; readonly title: string };

function Shown({ viewing, manifest, title }: ShownProps) {
  const texts = useText();
  const { t, number, date, time } = texts;
  const isWide = useWide();
  const watching = useMemo(() => watchingTimeOf(manifest), [manifest]);
  const columns = useMemo(
    () => heatColumns(viewing.heat, watching, isWide ? columnsWide : columnsNarrow),
    [viewing.heat, watching, isWide],
  );
  const summary = summaryOf(viewing);
  const wasWatched = viewing.viewers.some(({ seenMs }) => seenMs > 0);
  return (
    <>
      <PageHeader
        back={
          <Link href={`/recordings/${manifest.id}`} icon={ArrowLeftIcon}>
            {t('viewing.toRecording')}
          </Link>
        }
        title={t('viewing.title')}
        note={
          <span className="viewing-note">
            {title ? <span>{title}</span> : null}
            <span>{`${date(manifest.startedAt, 'long')}, ${time(manifest.startedAt)}`}</span>
          </span>
        }
        actions={
          <Button icon={SpreadsheetIcon} onPress={() => downloadText(`${t('viewing.file')}.csv`, csvFor(viewing, texts), 'text/csv')}>
            {t('viewing.csv')}
          </Button>
        }
      />
      {summary ? (
        <p className="viewing-summary">
          {t('viewing.summary', {
            ...{ watched: summary.watched, expected: summary.expected },
            share: number(summary.share, { style: 'percent', maximumFractionDigits: 0 }),
          })}
        </p>
      ) : null}
      {wasWatched ? (
        <section className="viewing-section" aria-labelledby="viewing-heat">
          <h2 id="viewing-heat">{t('viewing.heat')}</h2>
          <HeatMap id={manifest.id} columns={columns} />
        </section>
      ) : (
        <EmptyState icon={PeopleIcon} title={t('viewing.empty.title')}>
          {t('viewing.empty.text')}
        </EmptyState>
      )}
      <section className="viewing-section" aria-labelledby="viewing-people">
        <h2 id="viewing-people">{t('viewing.people')}</h2>
        <Viewers viewers={viewing.viewers} time={watching} />
      </section>
    </>
  );
}

function csvFor({ viewers }: Viewing, { t, dateTime }: Texts): string {
  const head = (['name', 'expected', 'share', 'minutes', 'live', 'first', 'last'] as const).map((column) => t(`viewing.csv.${column}`));
  const minutes = (ms: number) => (ms / 60_000).toFixed(1);
  const at = (instant: number | null) => (instant === null ? '' : dateTime(instant));
  return csvOf([
    head,
    ...viewers.map(({ name, expected, share, seenMs, liveMs, firstAt, lastAt }) => [
      ...[name, t(expected ? 'viewing.csv.yes' : 'viewing.csv.no'), (share * 100).toFixed(1), minutes(seenMs), minutes(liveMs)],
      ...[at(firstAt), at(lastAt)],
    ]),
  ]);
}
