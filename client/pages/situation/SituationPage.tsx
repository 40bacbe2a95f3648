// The situation centre's board: how each lesson of now, or of any slot before, goes; what needs someone comes first.
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Situation } from '../../../server/contract/situation.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { ButtonLink } from '../../ui/Button.tsx';
import { RegisterIcon, SystemThemeIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useWide } from '../register/useWide.ts';
import { BoardParts } from './BoardParts.tsx';
import { boardOf, buildingsOf } from './board.ts';
import { Downloads } from './Downloads.tsx';
import { FilterBar } from './FilterBar.tsx';
import { addressWith, type Filter, narrowed, readFilter, writeFilter } from './filter.ts';
import { toldId } from './ObserveLink.tsx';
import { SituationNav } from './SituationNav.tsx';
import { SlotBar } from './SlotBar.tsx';
import { StateChoices } from './StateChoices.tsx';
import { useCalls, useSound } from './useCalls.ts';
import { useSituation, type Watched } from './useSituation.ts';
import './situation.css';

export default function SituationPage() {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readFilter(params), [params]);
  const go = (change: Partial<Filter>) => setParams(writeFilter({ ...filter, ...change }), { replace: true });
  const watched = useSituation(filter);
  const { situation } = watched;
  if (situation) return <Shown situation={situation} watched={watched} filter={filter} go={go} />;
  if (watched.error)
    return (
      <>
        {/* From a time that cannot be shown one must come back to now. */}
        <SituationNav />
        <LoadFailure error={watched.error} title={t('situation.failed')} onRetry={watched.retry} />
      </>
    );
  return <PageSkeleton />;
}

type ShownProps = {
  readonly situation: Situation;
  readonly watched: Watched;
  readonly filter: Filter;
  readonly go: (change: Partial<Filter>) => void;
};

function Shown({ situation, watched: { moment, answeredAt, isStale, isLoading }, filter, go }: ShownProps) {
  const { t, time, dateTime } = useText();
  const person = usePerson();
  const isWide = useWide();
  const sound = useSound();
  const { lessons } = situation;
  const board = boardOf(lessons, filter, moment);
  const { counts } = board;
  const called = moment.past || isLoading ? undefined : lessons;
  const { marked } = useCalls({ lessons: called, filter, now: moment.now, withSound: sound.on });
  const title = t('situation.title');
  // Read out when something else is chosen, not whenever a lesson begins.
  const [said, say] = useState<{ readonly filter: Filter | null; readonly words: string }>({ filter: null, words: '' });
  if (said.filter !== filter && !isLoading) {
    say({ filter, words: t(moment.past ? 'situation.foundPast' : 'situation.found', { n: board.shown, m: board.needing.length }) });
  }
  usePageTitle(moment.past || counts.needing === 0 ? title : t('situation.titleWith', { n: counts.needing, title }));
  const choice = (
    <>
      <SlotBar at={filter.at} now={moment.now} onGo={(at) => go({ at, state: undefined })} />
      <FilterBar filter={filter} faculties={situation.faculties} buildings={buildingsOf(lessons)} onChange={go} />
    </>
  );
  const tools = (
    <div className="situation-tools">
      {lessons.some((lesson) => lesson.mayObserve && lesson.teacher.id !== person.id) ? (
        <p id={toldId} className="situation-quiet">
          {t(`situation.told.${situation.observersTold}`)}
        </p>
      ) : null}
      <Switch isSelected={sound.on} onChange={sound.set} note={sound.isBlocked ? t('situation.sound.blocked') : undefined}>
        {t('situation.sound')}
      </Switch>
    </div>
  );
  return (
    <>
      <PageHeader
        title={title}
        note={
          filter.at === undefined
            ? t('situation.note.now', { time: time(answeredAt) })
            : t('situation.note.past', { when: dateTime(filter.at) })
        }
        actions={
          <>
            {person.roles.includes('administrator') ? (
              // Others have it beside the board.
              <ButtonLink icon={RegisterIcon} href="/situation/summary">
                {t('situation.summary')}
              </ButtonLink>
            ) : null}
            <ButtonLink icon={SystemThemeIcon} href={addressWith('/situation/wall', { ...filter, at: undefined, state: undefined })}>
              {t('situation.wall')}
            </ButtonLink>
            <Downloads path="/api/situation" query={{ at: filter.at, ...narrowed(filter) }} />
          </>
        }
      />
      <SituationNav />
      <div className="situation-page" aria-busy={isLoading}>
        {isStale ? (
          <Banner tone="warn" announce="polite">
            {t('situation.stale', { time: time(answeredAt) })}
          </Banner>
        ) : null}
        {isWide ? (
          choice
        ) : (
          // On a phone what needs someone would lie below all that can be chosen.
          <details className="situation-choose" open={filter.at !== undefined}>
            <summary>{t('situation.filter')}</summary>
            <div className="situation-chooser">{choice}</div>
          </details>
        )}
        <StateChoices counts={counts} past={moment.past} value={filter.state} onChange={(state) => go({ state })} />
        <p className="visually-hidden" role="status">
          {said.words}
        </p>
        {isWide ? tools : null}
        {situation.more ? <Banner tone="info">{t('situation.more')}</Banner> : null}
        <BoardParts situation={situation} board={board} filter={filter} moment={moment} marked={marked} go={go} />
        {isWide ? null : tools}
      </div>
    </>
  );
}
