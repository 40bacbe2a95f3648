// The stage: measures itself and puts the pictures where the plan wants them; they move, and are never made anew.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons.ts';
import { useClassroom, useObservable } from './classroom.ts';
import { type Area, type Box, clampPage, focusBoxes, gridBoxes, pageSize, stripPlace } from './layout.ts';
import { Reactions } from './Reactions.tsx';
import { planStage, type StagePicture, type StageRoom, worthStrip } from './stage.ts';
import { TileView } from './TileView.tsx';
import { useHeldSpeakers } from './useHeldSpeakers.ts';

const mostTiles = 25;

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
  const plan = planStage(state, wish);
  const placed = area ? place(plan.focus, plan.focus ? worthStrip(plan.others, state) : plan.others, area, page) : null;
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

function place(focus: StagePicture | null, others: readonly StagePicture[], area: Area, wantedPage: number): Placed {
  if (focus) {
    const { side, room } = stripPlace(area);
    const page = clampPage(wantedPage, others.length, room);
    const shown = others.slice(page * room, page * room + room);
    const { main, strip } = focusBoxes(shown.length, area);
    const beside = shown.flatMap((picture, index) => {
      const box = strip[index];
      return box ? [{ picture, box, large: false }] : [];
    });
    return { tiles: [{ picture: focus, box: main, large: true }, ...beside], page, pages: Math.ceil(others.length / room), side };
  }
  const size = pageSize(area, area.width < 600 ? 156 : 200, mostTiles);
  const page = clampPage(wantedPage, others.length, size);
  const shown = others.slice(page * size, page * size + size);
  const boxes = gridBoxes(shown.length, area);
  const tiles = shown.flatMap((picture, index) => {
    const box = boxes[index];
    return box ? [{ picture, box, large: shown.length === 1 }] : [];
  });
  return { tiles, page, pages: Math.ceil(others.length / size), side: 'grid' };
}

function Pager({ page, pages, onPage, side }: { readonly page: number; readonly pages: number; readonly onPage: (page: number) => void; readonly side: Placed['side'] }) {
  const { t, number } = useText();
  return (
    <div className={cx('stage-pager', `stage-pager-${side}`)}>
      <IconButton size="small" icon={ChevronLeftIcon} label={t('room.stage.previousPage')} isDisabled={page === 0} onPress={() => onPage(page - 1)} />
      <span className="tabular" aria-label={t('room.stage.page', { page: page + 1, pages })}>
        {number(page + 1)}/{number(pages)}
      </span>
      <IconButton size="small" icon={ChevronRightIcon} label={t('room.stage.nextPage')} isDisabled={page >= pages - 1} onPress={() => onPage(page + 1)} />
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

