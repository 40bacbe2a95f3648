// The board on a wall: nothing around it, large enough for five metres, turning its pages by itself.
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Situation } from '../../../../server/contract/situation.ts';
import { usePageTitle } from '../../../app/page-title.ts';
import { useForcedTheme } from '../../../app/theme.ts';
import { useText } from '../../../i18n/index.ts';
import { ArrowLeftIcon, MaximizeIcon, PauseIcon, PlayIcon, SuccessIcon, WifiOffIcon } from '../../../ui/icons.ts';
import { fits } from '../board.ts';
import { addressWith, type Filter, readFilter } from '../filter.ts';
import { tallyOf } from '../tallies.ts';
import { useCalls, useSound } from '../useCalls.ts';
import { useSituation, type Watched } from '../useSituation.ts';
import { wallPages } from './pages.ts';
import { useAwake } from './useAwake.ts';
import { useRenewal } from './useRenewal.ts';
import { useRoom } from './useRoom.ts';
import { switchFullScreen, useTurning } from './useTurning.ts';
import { WallCard } from './WallCard.tsx';
import { WallHead } from './WallHead.tsx';
import { WallTile } from './WallTile.tsx';
import './wall.css';

export default function WallPage() {
  const { t } = useText();
  useForcedTheme('dark');
  useAwake();
  usePageTitle(t('situation.wall'));
  const [params] = useSearchParams();
  // A wall shows the present, and what is in trouble or not cannot be chosen away.
  const filter = useMemo(() => ({ ...readFilter(params), at: undefined, state: undefined }), [params]);
  const watched = useSituation(filter);
  useRenewal(watched.error);
  const { situation } = watched;
  if (situation) return <Wall situation={situation} watched={watched} filter={filter} />;
  return (
    <main className="wall" aria-busy={watched.error === null}>
      <h1 className="visually-hidden">{t('situation.title')}</h1>
      <p className="wall-middle" role="status">
        {watched.error ? <WifiOffIcon /> : null}
        {watched.error ? t('situation.wall.staleText') : t('app.loading')}
      </p>
    </main>
  );
}

type WallProps = { readonly situation: Situation; readonly watched: Watched; readonly filter: Filter };

function Wall({ situation, watched, filter }: WallProps) {
  const { t } = useText();
  const { moment, isLoading } = watched;
  const sound = useSound();
  const { marked, times } = useCalls({
    lessons: isLoading ? undefined : situation.lessons,
    filter,
    now: moment.now,
    withSound: sound.on,
  });
  const room = useRoom();
  const lessons = situation.lessons.filter((lesson) => fits(lesson, filter));
  const pages = wallPages(lessons, situation.faculties, moment, room);
  const back = addressWith('/situation', filter);
  const { page, isPaused, pause } = useTurning({ pages: pages.length, calls: times, back });
  const shown = pages[page];
  const faculty = situation.faculties.find(({ id }) => id === filter.faculty)?.name;
  return (
    <main className="wall">
      <WallHead title={faculty ?? t('situation.title')} tally={tallyOf(lessons, moment)} watched={watched} />
      {shown === undefined ? (
        <p className="wall-middle">
          <SuccessIcon />
          {t('situation.wall.none')}
        </p>
      ) : null}
      {shown?.shows === 'lessons' ? (
        <ul className="wall-cards" aria-label={t('situation.needs')}>
          {shown.lessons.map((lesson) => (
            <WallCard key={lesson.lessonId} lesson={lesson} moment={moment} isNew={marked.has(lesson.lessonId)} />
          ))}
        </ul>
      ) : null}
      {shown?.shows === 'faculties' ? (
        <ul className="wall-tiles" aria-label={t('situation.wall.faculties')}>
          {shown.faculties.map((one) => (
            <WallTile key={one.id} faculty={one} />
          ))}
        </ul>
      ) : null}
      <footer className="wall-foot">
        <p className="tabular">{pages.length > 1 ? t('situation.wall.page', { n: page + 1, all: pages.length }) : null}</p>
        <nav className="wall-controls" aria-label={t('situation.wall')} title={t('situation.wall.keys')}>
          {pages.length > 1 ? (
            <button type="button" className="wall-button" onClick={() => pause(!isPaused)}>
              {isPaused ? <PlayIcon /> : <PauseIcon />}
              {t(isPaused ? 'situation.wall.resume' : 'situation.wall.pause')}
            </button>
          ) : null}
          <button type="button" className="wall-button" onClick={switchFullScreen}>
            <MaximizeIcon />
            {t('situation.wall.full')}
          </button>
          <Link className="wall-button" to={back}>
            <ArrowLeftIcon />
            {t('situation.wall.back')}
          </Link>
        </nav>
      </footer>
    </main>
  );
}
