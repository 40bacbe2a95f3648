// The situation centre's board: how each lesson of now, or of any slot before, goes; what needs someone comes first.
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Situation } from '../../../server/contract/situation.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, RegisterIcon, SearchIcon, SystemThemeIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useWide } from '../register/useWide.ts';
import { boardOf, buildingsOf, fits } from './board.ts';
import { Downloads } from './Downloads.tsx';
import { FacultyTallies } from './FacultyTallies.tsx';
import { FilterBar } from './FilterBar.tsx';
import { addressWith, type Filter, narrowed, narrows, nothingChosen, readFilter, writeFilter } from './filter.ts';
import { LessonRows } from './LessonRows.tsx';
import { toldId } from './ObserveLink.tsx';
import { SituationNav } from './SituationNav.tsx';
import { SlotBar } from './SlotBar.tsx';
import { StateChoices } from './StateChoices.tsx';
import { TroubleCard } from './TroubleCard.tsx';
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
  if (watched.error) return <LoadFailure error={watched.error} title={t('situation.failed')} onRetry={watched.retry} />;
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
  // Others have it beside the board.
  const { hasRole } = useSession();
  const isWide = useWide();
  const sound = useSound();
  const { lessons } = situation;
  const board = boardOf(lessons, filter, moment);
  const { counts } = board;
  const called = moment.past || isLoading ? undefined : lessons;
  const { marked } = useCalls({ lessons: called, filter, now: moment.now, withSound: sound.on });
  const title = t('situation.title');
  usePageTitle(moment.past || counts.needing === 0 ? title : t('situation.titleWith', { n: counts.needing, title }));
  const faculties = new Map<string, string>(situation.faculties.map(({ id, name }) => [id, name]));
  const choice = (
    <>
      <SlotBar at={filter.at} now={moment.now} onGo={(at) => go({ at, state: undefined })} />
      <FilterBar filter={filter} faculties={situation.faculties} buildings={buildingsOf(lessons)} onChange={go} />
    </>
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
            {hasRole('administrator') ? (
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
          {t(moment.past ? 'situation.foundPast' : 'situation.found', { n: board.shown, m: board.needing.length })}
        </p>
        <div className="situation-tools">
          {lessons.some(({ mayObserve }) => mayObserve) ? (
            <p id={toldId} className="situation-quiet">
              {t(`situation.told.${situation.observersTold}`)}
            </p>
          ) : null}
          <Switch isSelected={sound.on} onChange={sound.set} note={sound.isBlocked ? t('situation.sound.blocked') : undefined}>
            {t('situation.sound')}
          </Switch>
        </div>
        {situation.more ? <Banner tone="info">{t('situation.more')}</Banner> : null}
        {board.needing.length > 0 ? (
          <section className="situation-needing">
            <h2>{t(moment.past ? 'situation.had' : 'situation.needs')}</h2>
            <ul className="situation-cards">
              {board.needing.map((lesson) => (
                <TroubleCard
                  key={lesson.lessonId}
                  lesson={lesson}
                  faculty={faculties.get(lesson.facultyId)}
                  moment={moment}
                  isNew={marked.has(lesson.lessonId)}
                />
              ))}
            </ul>
          </section>
        ) : null}
        {counts.all > 0 && counts.needing === 0 && filter.state === undefined ? (
          <Banner tone="good" title={moment.past ? undefined : t('situation.allWell.title')}>
            {moment.past ? t('situation.allWell.past') : t('situation.allWell.text', { n: counts.of.get('running') ?? 0 })}
          </Banner>
        ) : null}
        {filter.faculty === undefined && filter.state === undefined ? (
          <FacultyTallies
            lessons={lessons.filter((lesson) => fits(lesson, filter))}
            faculties={situation.faculties}
            moment={moment}
            onChoose={(faculty) => go({ faculty })}
          />
        ) : null}
        {board.rest.map((part) => (
          <LessonRows key={part.state} {...part} faculties={faculties} moment={moment} isAsked={filter.state === part.state} />
        ))}
        {board.shown === 0 ? <Nothing filter={filter} onClear={() => go(nothingChosen)} /> : null}
      </div>
    </>
  );
}

function Nothing({ filter, onClear }: { readonly filter: Filter; readonly onClear: () => void }) {
  const { t } = useText();
  if (!narrows(filter)) {
    return (
      <EmptyState icon={CalendarIcon} title={t('situation.empty.title')}>
        {t('situation.empty.text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchIcon}
      title={t('situation.emptyFilter.title')}
      action={<Button onPress={onClear}>{t('situation.clear')}</Button>}
    >
      {t('situation.emptyFilter.text')}
    </EmptyState>
  );
}
