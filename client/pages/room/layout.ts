// Where each picture stands on the stage: pure arithmetic on sizes in CSS pixels.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Area {
  readonly width: number;
  readonly height: number;
}

/** Pictures are 16:9 throughout, so that nobody's face is cut differently. */
const aspect = 16 / 9;
const gap = 8;

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly tile: Area;
}

/** The columns that leave the fewest empty pixels for `count` equal tiles. */
export function gridFor(count: number, area: Area): Grid {
  let best: Grid = { columns: 1, rows: 1, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const width = (area.width - gap * (columns - 1)) / columns;
    const height = (area.height - gap * (rows - 1)) / rows;
    const tile = inscribed({ width: Math.max(0, width), height: Math.max(0, height) });
    if (tile.width > best.tile.width) best = { columns, rows, tile };
  }
  return best;
}

/** How many tiles fit on one page without becoming narrower than `narrowest`. */
export function pageSize(area: Area, narrowest: number, most: number): number {
  let size = 1;
  while (size < most && gridFor(size + 1, area).tile.width >= narrowest) size += 1;
  return size;
}

/** The boxes of an even grid, its last row centred. */
export function gridBoxes(count: number, area: Area): readonly Box[] {
  const { columns, rows, tile } = gridFor(count, area);
  const top = (area.height - rows * tile.height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return { x: left + (index % columns) * (tile.width + gap), y: top + row * (tile.height + gap), ...tile };
  });
}

export interface Focus {
  /** The large picture. */
  readonly main: Box;
  /** Where the cameras beside it stand, as many as `room` tells. */
  readonly strip: readonly Box[];
}

export interface StripPlace {
  readonly side: 'right' | 'below';
  readonly columns: number;
  readonly rows: number;
  /** How many pictures the strip has room for. */
  readonly room: number;
  readonly tile: Area;
  readonly main: Area;
}

/** On a narrow page the large picture needs only a band; the small ones stand in pairs below it. */
const narrowPx = 600;

/** The strip stands on the side where it takes least from the large picture. */
export function stripPlace(area: Area): StripPlace {
  if (area.width / area.height > aspect * 0.92) {
    const tile = tileOf(Math.min(240, Math.max(136, area.width * 0.18)));
    const rows = fitting(area.height, tile.height);
    return { side: 'right', columns: 1, rows, room: rows, tile, main: { width: area.width - tile.width - gap, height: area.height } };
  }
  if (area.width < narrowPx) {
    const tile = tileOf((area.width - gap) / 2);
    const band = Math.min(area.width / aspect, area.height - tile.height - gap);
    const rows = fitting(area.height - band - gap, tile.height);
    return { side: 'below', columns: 2, rows, room: 2 * rows, tile, main: { width: area.width, height: band } };
  }
  const tile = tileOf(Math.min(220, Math.max(150, area.width * 0.22)));
  const columns = fitting(area.width, tile.width);
  return { side: 'below', columns, rows: 1, room: columns, tile, main: { width: area.width, height: area.height - tile.height - gap } };
}

/**
 * One large picture; `count` (at most the strip's room) small ones beside or below it.
 * A person is shown in 16:9, a screen in all the room there is.
 */
export function focusBoxes(count: number, area: Area, what: 'camera' | 'screen'): Focus {
  const place = stripPlace(area);
  const shown = Math.min(count, place.room);
  if (shown === 0) {
    const whole = { x: 0, y: 0, ...area };
    return { main: what === 'screen' ? whole : centred(whole), strip: [] };
  }
  if (what === 'camera' && shown === 1 && area.width >= narrowPx) return pair(area, place.tile);
  if (place.side === 'right') {
    const main = { x: 0, y: 0, ...place.main };
    const strip = Array.from({ length: shown }, (_, index) => ({
      x: main.width + gap,
      y: index * (place.tile.height + gap),
      ...place.tile,
    }));
    return { main: what === 'screen' ? main : centred(main), strip };
  }
  return below(shown, area, place, what);
}

/** Two people who talk: the own picture lies in the corner of the other's. */
function pair(area: Area, tile: Area): Focus {
  const main = centred({ x: 0, y: 0, ...area });
  return { main, strip: [{ x: main.x + main.width - tile.width - gap, y: main.y + main.height - tile.height - gap, ...tile }] };
}

function below(shown: number, area: Area, { columns, tile, main: space }: StripPlace, what: 'camera' | 'screen'): Focus {
  const rows = Math.ceil(shown / columns);
  const stripHeight = rows * (tile.height + gap) - gap;
  const large = what === 'screen' ? space : inscribed(space);
  const top = Math.max(0, (area.height - large.height - gap - stripHeight) / 2);
  const main = { x: (area.width - large.width) / 2, y: top, ...large };
  const strip = Array.from({ length: shown }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, shown - row * columns);
    const left = (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return { x: left + (index % columns) * (tile.width + gap), y: top + large.height + gap + row * (tile.height + gap), ...tile };
  });
  return { main, strip };
}

function centred(box: Box): Box {
  const { width, height } = inscribed(box);
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

function tileOf(width: number): Area {
  return { width, height: width / aspect };
}

function fitting(space: number, size: number): number {
  return Math.max(1, Math.floor((space + gap) / (size + gap)));
}

function inscribed(space: Area): Area {
  const width = Math.min(space.width, space.height * aspect);
  return { width, height: width / aspect };
}

/** Keeps a page number within what there is, as people come and go. */
export function clampPage(page: number, count: number, size: number): number {
  return Math.min(Math.max(0, page), Math.max(0, Math.ceil(count / size) - 1));
}
