// Where pictures stand: on the stage, without touching, with few empty pixels.
import { describe, expect, test } from 'vitest';
import { type Box, clampPage, focusBoxes, gridBoxes, gridFor, pageSize, stripPlace } from './layout.ts';

const wide = { width: 1280, height: 660 };
const phone = { width: 360, height: 560 };

const inside = (box: Box, area: { width: number; height: number }) =>
  box.x >= -0.01 && box.y >= -0.01 && box.x + box.width <= area.width + 0.01 && box.y + box.height <= area.height + 0.01;
const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width - 0.01 &&
  other.x < one.x + one.width - 0.01 &&
  one.y < other.y + other.height - 0.01 &&
  other.y < one.y + one.height - 0.01;

describe('the grid', () => {
  test.each([1, 2, 3, 4, 5, 7, 9, 12, 16, 25])('of %i stays on the stage, and no two pictures overlap', (count) => {
    for (const area of [wide, phone]) {
      const boxes = gridBoxes(count, area);
      expect(boxes).toHaveLength(count);
      expect(boxes.every((box) => inside(box, area))).toBe(true);
      expect(boxes.some((one, index) => boxes.slice(index + 1).some((other) => overlap(one, other)))).toBe(false);
    }
  });

  test('keeps 16:9 whatever the stage', () => {
    for (const box of [...gridBoxes(5, wide), ...gridBoxes(3, phone)]) expect(box.width / box.height).toBeCloseTo(16 / 9, 5);
  });

  test('of four is two by two on a wide stage, and one under the other on a phone', () => {
    expect(gridFor(4, wide).columns).toBe(2);
    expect(gridFor(2, phone).columns).toBe(1);
  });

  test('wastes no more than any other number of columns would', () => {
    const { tile } = gridFor(7, wide);
    for (let columns = 1; columns <= 7; columns += 1) {
      const rows = Math.ceil(7 / columns);
      const width = Math.min((wide.width - 8 * (columns - 1)) / columns, ((wide.height - 8 * (rows - 1)) / rows) * (16 / 9));
      expect(tile.width).toBeGreaterThanOrEqual(width - 0.001);
    }
  });

  test('centres its last row', () => {
    const [, , third] = gridBoxes(3, wide);
    expect((third?.x ?? 0) + (third?.width ?? 0) / 2).toBeCloseTo(wide.width / 2, 3);
  });
});

describe('paging', () => {
  test('puts as many on a page as stay wide enough', () => {
    const size = pageSize(wide, 200, 25);
    expect(gridFor(size, wide).tile.width).toBeGreaterThanOrEqual(200);
    expect(size === 25 || gridFor(size + 1, wide).tile.width < 200).toBe(true);
  });

  test('never shows an empty page after people have left', () => {
    expect(clampPage(3, 10, 9)).toBe(1);
    expect(clampPage(3, 0, 9)).toBe(0);
    expect(clampPage(-1, 10, 9)).toBe(0);
  });
});

describe('one large picture', () => {
  test('has its strip at the right of a wide stage and below on a tall one', () => {
    expect(stripPlace(wide).side).toBe('right');
    expect(stripPlace(phone).side).toBe('below');
  });

  test('has its companions in pairs below it on a phone, as many as fit', () => {
    const { main, strip } = focusBoxes(9, phone, 'camera');
    expect(strip.length % 2).toBe(0);
    expect(strip.length).toBeGreaterThanOrEqual(4);
    expect(main.width).toBe(phone.width);
  });

  test('takes the whole stage when nobody stands beside it', () => {
    expect(focusBoxes(0, wide, 'screen').main).toEqual({ x: 0, y: 0, ...wide });
  });

  test('of a person keeps 16:9, and a single companion lies in its corner', () => {
    for (const area of [wide, { width: 896, height: 688 }]) {
      const { main, strip } = focusBoxes(1, area, 'camera');
      expect(main.width / main.height).toBeCloseTo(16 / 9, 5);
      expect(strip.every((box) => inside({ ...box, x: box.x - main.x, y: box.y - main.y }, main))).toBe(true);
    }
  });

  test('and its strip stay on the stage without touching', () => {
    for (const area of [wide, phone, { width: 800, height: 600 }]) {
      const { main, strip } = focusBoxes(20, area, 'screen');
      expect([main, ...strip].every((box) => inside(box, area))).toBe(true);
      expect(strip.some((box) => overlap(box, main))).toBe(false);
    }
  });
});
