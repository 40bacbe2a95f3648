// The parts of a Grafana dashboard, as its classic model has them: rows, panels, targets and where each stands.

/** Which Prometheus is asked is chosen above the dashboard. */
export const datasource = { type: 'prometheus', uid: '$datasource' } as const;
const columns = 24;

/** Units as Grafana names them. */
export type Unit = 'short' | 'percentunit' | 's' | 'bytes' | 'Bps' | 'bps' | 'reqps' | 'ops' | 'pps' | 'none';

export interface Graph {
  readonly title: string;
  /** What it shows, and what to think of it. */
  readonly description: string;
  readonly unit: Unit;
  /** Expression and legend of each line. */
  readonly lines: readonly (readonly [expression: string, legend: string])[];
  readonly kind?: 'timeseries' | 'stat';
  /** Of 24 columns. */
  readonly width?: number;
  /** From here on it is coloured as a warning, and as an alarm. */
  readonly warnFrom?: number;
  readonly alarmFrom?: number;
  readonly stacked?: boolean;
  readonly most?: number;
}

export interface Row {
  readonly title: string;
  readonly collapsed?: boolean;
  readonly graphs: readonly Graph[];
}

const heightOf = ({ kind }: Graph): number => (kind === 'stat' ? 4 : 8);

/** Rows below one another, panels beside one another as long as there is room. */
export function panelsOf(rows: readonly Row[]): readonly object[] {
  const panels: object[] = [];
  let id = 0;
  let y = 0;
  for (const row of rows) {
    const header = { id: ++id, type: 'row', title: row.title, gridPos: { h: 1, w: columns, x: 0, y: y++ } };
    const inside: object[] = [];
    let x = 0;
    let height = 0;
    for (const graph of row.graphs) {
      const width = graph.width ?? columns / 3;
      if (x + width > columns) {
        y += height;
        x = 0;
        height = 0;
      }
      inside.push(panelOf(graph, ++id, { h: heightOf(graph), w: width, x, y }));
      x += width;
      height = Math.max(height, heightOf(graph));
    }
    y += height;
    // Grafana keeps the panels of a folded row inside it, and those of an open one beside it.
    if (row.collapsed) panels.push({ ...header, collapsed: true, panels: inside });
    else panels.push({ ...header, collapsed: false, panels: [] }, ...inside);
  }
  return panels;
}

function panelOf(graph: Graph, id: number, gridPos: object): object {
  const { title, description, unit, lines, kind = 'timeseries', warnFrom, alarmFrom, most } = graph;
  const steps = [
    { color: 'green', value: null },
    ...(warnFrom === undefined ? [] : [{ color: 'orange', value: warnFrom }]),
    ...(alarmFrom === undefined ? [] : [{ color: 'red', value: alarmFrom }]),
  ];
  return {
    ...{ id, type: kind, title, description, datasource, gridPos },
    targets: lines.map(([expr, legendFormat], index) => ({
      ...{ refId: String.fromCharCode(65 + index), datasource, expr, legendFormat },
      ...(kind === 'stat' ? { instant: true, range: false } : { instant: false, range: true }),
    })),
    fieldConfig: {
      defaults: {
        ...{ unit, min: 0, ...(most !== undefined && { max: most }) },
        color: { mode: kind === 'stat' ? 'thresholds' : 'palette-classic' },
        thresholds: { mode: 'absolute', steps },
        ...(kind === 'timeseries' && { custom: customOf(graph) }),
      },
      overrides: [],
    },
    options: kind === 'stat' ? ofStat : ofTimeseries,
  };
}

function customOf({ stacked = false, warnFrom, alarmFrom }: Graph): object {
  return {
    ...{ drawStyle: 'line', lineWidth: 1, fillOpacity: stacked ? 30 : 5, showPoints: 'never', spanNulls: false },
    stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: warnFrom === undefined && alarmFrom === undefined ? 'off' : 'dashed' },
  };
}

const ofTimeseries = {
  legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
  tooltip: { mode: 'multi', sort: 'desc' },
};

const ofStat = {
  reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
  ...{ orientation: 'auto', textMode: 'auto', colorMode: 'background', graphMode: 'none', justifyMode: 'auto' },
};
