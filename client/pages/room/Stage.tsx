// The stage: measures itself and puts the pictures where the plan wants them; they move, and are never made anew.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useClassroom, useObservable } from './classroom.ts';
import { type Area, type Box, clampPage, focusBoxes, gridBoxes, pageSize, stripPlace } from './layout.ts';
import { Reactions } from './Reactions.tsx';
import { planStage, type StagePicture, type StageRoom, type StageWish, worthStrip } from './stage.ts';
import { TileView } from './TileView.tsx';
import { useHeldSpeakers } from './useHeldSpeakers.ts';

const mostTiles = 25;
const narrowPx = 600;
const pagerPx = 44;

export function Stage() {
  const { t } = useText();
  const element = useRef<HTMLDivElement>(null);
  const area = useArea(element);
  const { stageWish } = useClassroom();
  const wish = useObservable(stageWish);
  const participants = useRoom((room) => room.participants);
  const room = useRoom((state) => state.room);
  const selfId = useRoom((state) => state.self.participantId);
  const speakers = useHeldSpeakers();
  const [page, setPage] = useState(0);

  const state: StageRoom = { room, participants, selfId, speakers };
  const placed = area ? arrange(state, wish, area, page) : null;
  return (
    <section className="stage" aria-label={t('room.stage')}>
      <div ref={element} className="stage-area">
        {placed?.tiles.map(({ picture, box, large }) => (
          <TileView key={picture.key} picture={picture} box={box} large={large} />
        ))}
      </div>
      {placed && placed.pages > 1 ? <Pager page={placed.page} pages={placed.pages} onPage={setPage} side={placed.side} /> : null}
      <Reactions />
    </section>
  );
}

interface Placed {
  readonly tiles: readonly { readonly picture: StagePicture; readonly box: Box; readonly large: boolean }[];
  readonly page: number;
  readonly pages: number;
  readonly side: 'right' | 'below' | 'grid';
}

function arrange(state: StageRoom, wish: StageWish, area: Area, page: number): Placed {
  const { focus, others } = planStage(state, wish);
  const beside = focus ? worthStrip(others, state) : others;
  const isPair = focus?.source === 'camera' && beside.length === 1 && area.width < narrowPx;
  if (isPair) return placeGrid([focus, ...beside], area, 0);
  const size = focus ? stripPlace(area).room : pageSize(area, narrowest(area), mostTiles);
  if (beside.length <= size) {
    const steady = planStage(state, wish, true).others;
    const same = focus ? worthStrip(steady, state) : steady;
    return focus ? placeFocus(focus, same, area, 0) : placeGrid(same, area, 0);
  }
  const paged = withoutPager(area);
  if (!focus) return placeGrid(beside, paged, page, pageSize(paged, narrowest(area), mostTiles));
  return placeFocus(focus, beside, stripPlace(area).side === 'below' ? paged : area, page);
}

/** A tile narrower than this shows nobody. */
function narrowest(area: Area): number {
  return area.width < narrowPx ? 156 : 200;
}

function withoutPager(area: Area): Area {
  return { ...area, height: Math.max(1, area.height - pagerPx) };
}

function placeFocus(focus: StagePicture, others: readonly StagePicture[], area: Area, wantedPage: number): Placed {
  const { side, room } = stripPlace(area);
  const page = clampPage(wantedPage, others.length, room);
  const shown = others.slice(page * room, page * room + room);
  const { main, strip } = focusBoxes(shown.length, area, focus.source);
  return {
    tiles: [{ picture: focus, box: main, large: true }, ...inBoxes(shown, strip, false)],
    page,
    pages: Math.ceil(others.length / room),
    side,
  };
}

function placeGrid(pictures: readonly StagePicture[], area: Area, wantedPage: number, size = pictures.length): Placed {
  const page = clampPage(wantedPage, pictures.length, Math.max(1, size));
  const shown = pictures.slice(page * size, page * size + size);
  return {
    tiles: inBoxes(shown, gridBoxes(shown.length, area), shown.length === 1),
    page,
    pages: Math.ceil(pictures.length / Math.max(1, size)),
    side: 'grid',
  };
}

function inBoxes(pictures: readonly StagePicture[], boxes: readonly Box[], large: boolean): Placed['tiles'] {
  return pictures.flatMap((picture, index) => {
    const box = boxes[index];
    return box ? [{ picture, box, large }] : [];
  });
}

function Pager({
  page,
  pages,
  onPage,
  side,
}: {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  readonly side: Placed['side'];
}) {
  const { t, number } = useText();
  return (
    <div className={cx('stage-pager', `stage-pager-${side}`)}>
      <IconButton
        size="small"
        icon={ChevronLeftIcon}
        label={t('room.stage.previousPage')}
        isDisabled={page === 0}
        onPress={() => onPage(page - 1)}
      />
      <span className="tabular" aria-hidden="true">
        {number(page + 1)}/{number(pages)}
      </span>
      <VisuallyHidden>{t('room.stage.page', { page: page + 1, pages })}</VisuallyHidden>
      <IconButton
        size="small"
        icon={ChevronRightIcon}
        label={t('room.stage.nextPage')}
        isDisabled={page >= pages - 1}
        onPress={() => onPage(page + 1)}
      />
    </div>
  );
}

function useArea(element: RefObject<HTMLElement | null>): Area | null {
  const [area, setArea] = useState<Area | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setArea({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return area;
}
