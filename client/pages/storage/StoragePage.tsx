// Where recordings lie, how full it is and when it will be, and all of them to keep, archive and throw away. For administrators.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StatusNav } from '../status/StatusNav.tsx';
import { Condition } from './Condition.tsx';
import { Figures } from './Figures.tsx';
import { KeptList } from './KeptList.tsx';
import { KindTable } from './KindTable.tsx';
import { SpaceBar } from './SpaceBar.tsx';
import './storage.css';

const askAgainMs = 15_000;

export default function StoragePage() {
  const { t } = useText();
  usePageTitle(t('storage.title'));
  const { data, error, refetch } = useQuery({
    queryKey: ['storage', 'state'],
    queryFn: ({ signal }) => api(recordingRoutes.storage, { signal }),
    refetchInterval: askAgainMs,
    placeholderData: keepPreviousData,
  });
  const again = () => void refetch();
  if (error && !data) return <LoadFailure error={error} title={t('storage.failed')} onRetry={again} />;
  const where = data ? t(data.store === 's3' ? 'storage.where.s3' : 'storage.where.disk') : t('storage.note');
  return (
    <>
      <PageHeader title={t('storage.title')} note={data?.encrypted ? `${where} ${t('storage.encrypted')}` : where} />
      <StatusNav />
      <div className="storage-page">
        {error ? <LoadBanner error={error} title={t('storage.failed')} onRetry={again} /> : null}
        {data ? (
          <>
            <Condition state={data} />
            <Figures state={data} />
            <SpaceBar state={data} />
            <KindTable state={data} />
          </>
        ) : (
          <Skeleton height="24rem" />
        )}
        <KeptList trashDays={data?.trashDays} />
      </div>
    </>
  );
}
