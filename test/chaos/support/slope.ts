// How much something grows with each lesson, by the line that lies closest to all points, and how sure that is.

export interface Point {
  /** Held so far. */
  readonly lessons: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly handles: number;
  /** For each lesson since the point before. */
  readonly databaseBytes: number;
}

export interface Slope {
  readonly perLesson: number;
  /** Its standard error. */
  readonly spread: number;
  readonly mean: number;
}

/** Ordinary least squares. With fewer than three points nothing is known: the spread is infinite. */
export function slopeOf(points: readonly Point[], name: Exclude<keyof Point, 'lessons'>): Slope {
  const count = points.length;
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, count);
  const [x, y] = [mean(({ lessons }) => lessons), mean((point) => point[name])];
  const squares = points.reduce((sum, { lessons }) => sum + (lessons - x) ** 2, 0);
  if (count < 3 || squares === 0) return { perLesson: 0, spread: Number.POSITIVE_INFINITY, mean: y };
  const perLesson = points.reduce((sum, point) => sum + (point.lessons - x) * (point[name] - y), 0) / squares;
  const rest = points.reduce((sum, point) => sum + (point[name] - y - perLesson * (point.lessons - x)) ** 2, 0);
  return { perLesson, spread: Math.sqrt(rest / (count - 2) / squares), mean: y };
}

const figure = (value: number): string => (Number.isFinite(value) ? value.toPrecision(3) : 'unknown');

export const describe = ({ perLesson, spread, mean }: Slope): string =>
  `${figure(mean)} on average, ${perLesson >= 0 ? '+' : ''}${figure(perLesson)} ± ${figure(2 * spread)}`;
