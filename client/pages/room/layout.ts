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
    const tile = fit({ width: Math.max(0, width), height: Math.max(0, height) });
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
  readonly room: number;
  readonly tile: Area;
}

/** The strip stands on the side where it takes least from the large picture. */
export function stripPlace(area: Area): StripPlace {
  const across = area.width / area.height > aspect * 0.92;
  if (across) {
    const width = Math.min(240, Math.max(136, area.width * 0.18));
    const height = width / aspect;
    return { side: 'right', room: Math.max(1, Math.floor((area.height + gap) / (height + gap))), tile: { width, height } };
  }
  const phone = area.width < 600;
  const width = phone ? (area.width - gap) / 2 : Math.min(220, Math.max(150, area.width * 0.22));
  const room = phone ? 2 : Math.max(1, Math.floor((area.width + gap) / (width + gap)));
  return { side: 'below', room, tile: { width, height: width / aspect } };
}

/** One large picture; `count` (at most the strip's room) small ones beside or below it. */
export function focusBoxes(count: number, area: Area): Focus {
  const { side, room, tile } = stripPlace(area);
  const shown = Math.min(count, room);
  if (shown === 0) return { main: { x: 0, y: 0, width: area.width, height: area.height }, strip: [] };
  if (side === 'right') {
    const main = { x: 0, y: 0, width: area.width - tile.width - gap, height: area.height };
    const strip = Array.from({ length: shown }, (_, index) => ({ x: main.width + gap, y: index * (tile.height + gap), ...tile }));
    return { main, strip };
  }
  const main = { x: 0, y: 0, width: area.width, height: area.height - tile.height - gap };
  const left = (area.width - shown * tile.width - (shown - 1) * gap) / 2;
  const strip = Array.from({ length: shown }, (_, index) => ({ x: left + index * (tile.width + gap), y: main.height + gap, ...tile }));
  return { main, strip };
}

function fit(space: Area): Area {
  const width = Math.min(space.width, space.height * aspect);
  return { width, height: width / aspect };
}

/** Keeps a page number within what there is, as people come and go. */
export function clampPage(page: number, count: number, size: number): number {
  return Math.min(Math.max(0, page), Math.max(0, Math.ceil(count / size) - 1));
}
