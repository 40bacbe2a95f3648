// One's timetable in the calendar of a phone or computer: private links, and how each program takes them.
import { useQuery } from '@tanstack/react-query';
import { feedRoutes } from '../../../server/contract/routes-feeds.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useText } from '../../i18n/index.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FeedItem } from './FeedItem.tsx';
import { FeedSteps } from './FeedSteps.tsx';
import { feedsKey } from './feeds.ts';
import { NewFeed } from './NewFeed.tsx';
import './FeedDialog.css';

export function FeedDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery({
    queryKey: [feedsKey],
    queryFn: async ({ signal }) => (await api(feedRoutes.feeds, { signal })).feeds,
  });
  return (
    <Dialog isOpen onOpenChange={(open) => !open && onClose()} size="wide" title={t('timetable.feed.title')}>
      <p>{t('timetable.feed.text')}</p>
      {error && !data ? <LoadBanner error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height="9rem" /> : null}
      {data && data.length > 0 ? (
        <ul className="feeds">
          {data.map((feed) => (
            <FeedItem key={feed.id} feed={feed} />
          ))}
        </ul>
      ) : null}
      {data ? <NewFeed hasOwn={data.some(({ of }) => of === 'person')} /> : null}
      {data && data.length > 0 ? <FeedSteps /> : null}
    </Dialog>
  );
}
