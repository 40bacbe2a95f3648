// Draws the lines of an hour on a canvas with uPlot; its colours are the page's, so that they follow the theme.
import uPlot from 'uplot';
import { shortestMs } from '../history.ts';
import 'uplot/dist/uPlot.min.css';

export type PlotData = { readonly at: readonly number[]; readonly series: readonly (readonly (number | null)[])[] };

export type PlotOptions = {
  /** How many lines. */
  readonly lines: number;
  readonly top: (most: number) => number;
  readonly time: (at: number) => string;
  readonly value: (value: number) => string;
  /** At which moment somebody points; null: at none. */
  readonly pointed: (at: number | null) => void;
};

/** Told apart by their strokes as well, for those who do not see the colours. */
const strokes = [
  { ink: 'var(--accent)', dash: [] },
  { ink: 'var(--info)', dash: [6, 4] },
  { ink: 'var(--muted)', dash: [2, 3] },
] as const;
const axisWidth = 48;
const axisHeight = 28;

export class HourPlot {
  readonly #box: HTMLElement;
  readonly #options: PlotOptions;
  readonly #probe: HTMLElement;
  readonly #plot: uPlot;
  readonly #resized: ResizeObserver;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #recolour = () => this.#plot.redraw(false);

  constructor(box: HTMLElement, options: PlotOptions) {
    this.#box = box;
    this.#options = options;
    this.#probe = document.createElement('span');
    this.#probe.hidden = true;
    box.append(this.#probe);
    this.#plot = new uPlot(this.#settings(), [[], ...Array.from({ length: options.lines }, () => [])], box);
    this.#resized = new ResizeObserver(() => this.#fit());
    this.#resized.observe(box);
    this.#scheme.addEventListener('change', this.#recolour);
  }

  show({ at, series }: PlotData): void {
    this.#plot.setData([[...at], ...series.map((line) => [...line])]);
  }

  close(): void {
    this.#scheme.removeEventListener('change', this.#recolour);
    this.#resized.disconnect();
    this.#plot.destroy();
    this.#probe.remove();
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#box;
    if (width > 0 && height > 0 && (width !== this.#plot.width || height !== this.#plot.height)) this.#plot.setSize({ width, height });
  }

  /** The canvas knows no custom properties: the page says what they are just now. */
  #ink(colour: string): string {
    this.#probe.style.color = colour;
    return getComputedStyle(this.#probe).color;
  }

  #settings(): uPlot.Options {
    const { lines, top, time, value } = this.#options;
    const font = `12px ${getComputedStyle(this.#box).fontFamily}`;
    const line = { stroke: () => this.#ink('var(--line)'), width: 1 };
    const axis = { font, stroke: () => this.#ink('var(--muted)'), ticks: { show: false } };
    return {
      width: Math.max(1, this.#box.clientWidth),
      height: Math.max(1, this.#box.clientHeight),
      ms: 1,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        // Nothing is measured in the first moments; then both are null.
        x: { range: (_, least, most) => [Math.min(least ?? 0, (most ?? 0) - shortestMs), most ?? 0] },
        y: { range: (_, __, most) => [0, top(most ?? 0)] },
      },
      axes: [
        { ...axis, size: axisHeight, space: 64, grid: { show: false }, values: (_, splits) => splits.map(time) },
        { ...axis, size: axisWidth, space: 32, grid: line, values: (_, splits) => splits.map(value) },
      ],
      series: [
        {},
        ...strokes.slice(0, lines).map(({ ink, dash }) => ({
          stroke: () => this.#ink(ink),
          width: 2,
          dash: [...dash],
          // Two moments make hardly a line, one makes none.
          points: { show: (plot: uPlot) => plot.data[0].length < 3, size: 5 },
        })),
      ],
      hooks: { setCursor: [(plot) => this.#options.pointed(momentAt(plot))] },
    };
  }
}

function momentAt(plot: uPlot): number | null {
  const index = plot.cursor.idx;
  return index === null || index === undefined ? null : (plot.data[0][index] ?? null);
}
