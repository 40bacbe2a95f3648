// The search, its answer, where the trouble was, and the list.
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SituationNav } from '../situation/SituationNav.tsx';
import { AnswerView } from './AnswerView.tsx';
import { answerOf } from './answer.ts';
import { type Asked, linkTo } from './asked.ts';
import { useTroubles } from './diagnosis-query.ts';
import { Narrowed } from './Narrowed.tsx';
import { SearchForm } from './SearchForm.tsx';
import { StayList } from './StayList.tsx';
import { TroubleList } from './TroubleList.tsx';
import type { Go } from './useAsked.ts';
import { Where } from './Where.tsx';

type SearchViewProps = { readonly asked: Asked; readonly onGo: Go };

export function SearchView({ asked, onGo }: SearchViewProps) {
  const { t } = useText();
  usePageTitle(t('diagnosis.title'));
  const found = useTroubles(asked);
  const [first] = found.data?.pages ?? [];
  const troubles = found.data?.pages.flatMap((page) => page.troubles) ?? [];
  const list = (
    <TroubleList
      asked={asked}
      troubles={troubles}
      more={{ has: found.hasNextPage, isPending: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }}
    />
  );
  return (
    <>
      <PageHeader title={t('diagnosis.title')} note={t('diagnosis.note')} />
      <SituationNav />
      <div className="diagnosis">
        <SearchForm asked={asked} seesNetworks={first?.seesNetworks ?? false} onGo={onGo} />
        <Narrowed asked={asked} troubles={troubles} lessons={first?.overview.lessons ?? []} onGo={onGo} />
        {found.error ? <LoadBanner error={found.error} title={t('diagnosis.failed')} onRetry={() => void found.refetch()} /> : null}
        {found.isPending ? <Skeleton height="24rem" /> : null}
        {first ? (
          <div className="diagnosis-found" aria-busy={found.isPlaceholderData}>
            <AnswerView
              answer={answerOf({ ...first, troubles }, first.span.to)}
              span={first.span}
              question={found.isPlaceholderData ? null : linkTo({ ...asked, everybody: undefined })}
            />
            {first.isCut ? <Banner tone="warn">{t('diagnosis.answer.cut')}</Banner> : null}
            <Where overview={first.overview} asked={asked} />
            <Segmented
              label={t('diagnosis.show')}
              value={asked.everybody ? 'everybody' : 'troubled'}
              onChange={(show) => onGo({ everybody: show === 'everybody' ? true : undefined })}
              options={[
                { id: 'troubled', label: t('diagnosis.show.troubled') },
                { id: 'everybody', label: t('diagnosis.show.everybody') },
              ]}
              className="diagnosis-show"
            />
            {asked.everybody ? <StayList asked={asked} /> : list}
          </div>
        ) : null}
      </div>
    </>
  );
}
