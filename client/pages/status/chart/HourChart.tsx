// Some figures of the last hour as lines, and the same in a table beside them; who points at a moment reads its values there.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LoadHistory } from '../../../../server/contract/monitoring.ts';
import { type Texts, useText } from '../../../i18n/index.ts';
import { type Column, Table } from '../../../ui/Table.tsx';
import type { Unit } from '../figures.ts';
import { formatFigure } from '../format.ts';
import { broken, valuesOf } from '../history.ts';
import { type Chart, type Row, rowsOf, topOf } from './charts.ts';
import { HourPlot } from './plot.ts';

type HourChartProps = { readonly chart: Chart; readonly history: LoadHistory };

export function HourChart({ chart, history }: HourChartProps) {
  const { t } = useText();
  const [pointed, setPointed] = useState<number | null>(null);
  const index = pointed === null ? -1 : history.at.indexOf(pointed);
  const rows = rowsOf(chart, history, index === -1 ? null : index);
  return (
    <figure className="hour">
      <figcaption className="hour-title">{t(chart.title)}</figcaption>
      <Lines chart={chart} history={history} onPoint={setPointed} />
      <Figures chart={chart} rows={rows} at={index === -1 ? null : pointed} />
    </figure>
  );
}

function Lines({ chart, history, onPoint }: HourChartProps & { readonly onPoint: (at: number | null) => void }) {
  const texts = useText();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<HourPlot | null>(null);
  const data = useMemo(
    () =>
      broken(
        history,
        chart.series.map(({ figure }) => valuesOf(history, figure)),
      ),
    [chart, history],
  );
  const { id, unit, leastTop } = chart;
  const lines = chart.series.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chart is another drawing, whatever else it holds
  useEffect(() => {
    if (!box.current) return;
    const drawn = new HourPlot(box.current, {
      lines,
      top: (most) => topOf({ leastTop }, most),
      time: (at) => texts.time(at),
      value: (value) => axisText(texts, unit, value),
      pointed: onPoint,
    });
    plot.current = drawn;
    return () => {
      plot.current = null;
      drawn.close();
    };
  }, [id, lines, unit, leastTop, texts, onPoint]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew by the effect above, it is empty until it is shown what there is
  useEffect(() => plot.current?.show(data), [data, id, lines, texts]);
  return <div className="hour-lines" ref={box} aria-hidden="true" />;
}

type FiguresProps = { readonly chart: Chart; readonly rows: readonly Row[]; readonly at: number | null };

function Figures({ chart, rows, at }: FiguresProps) {
  const texts = useText();
  const { t, time } = texts;
  const cell = (value: number | null | undefined) => formatFigure(texts, chart.unit, value ?? null);
  const columns: Column<Row>[] = [
    {
      id: 'figure',
      title: t('status.figure'),
      isRowHeader: true,
      cell: ({ name, place }) => (
        <span className="hour-name">
          <svg className="hour-stroke" data-place={place} viewBox="0 0 24 4" aria-hidden="true">
            <line x1="0" x2="24" y1="2" y2="2" />
          </svg>
          {t(name)}
        </span>
      ),
    },
    { id: 'now', title: at === null ? t('status.now') : time(at), numeric: true, cell: ({ shown }) => cell(shown) },
    { id: 'least', title: t('status.least'), numeric: true, cell: ({ summary }) => cell(summary?.least) },
    { id: 'mean', title: t('status.mean'), numeric: true, cell: ({ summary }) => cell(summary?.mean) },
    { id: 'most', title: t('status.most'), numeric: true, cell: ({ summary }) => cell(summary?.most) },
  ];
  return <Table label={t(chart.title)} columns={columns} rows={rows} rowKey={({ figure }) => figure} dense className="hour-figures" />;
}

/** The table beside says the unit. */
function axisText({ number }: Texts, unit: Unit, value: number): string {
  switch (unit) {
    case 'bitrate':
      return number(value / 1e6, { maximumFractionDigits: 1 });
    case 'share':
    case 'load':
      return number(value, { style: 'percent', maximumFractionDigits: 1 });
    default:
      return number(value, { maximumFractionDigits: 1 });
  }
}
