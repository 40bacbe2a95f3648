// What a dashboard of Grafana may be made of, as its classic model is documented (kinds/dashboard of Grafana's source, schema 36 to 41); unknown fields are faults.
import { z } from 'zod';

const Source = z.strictObject({ type: z.string().min(1), uid: z.string().min(1) });

const GridPos = z
  .strictObject({ h: z.int().positive(), w: z.int().positive().max(24), x: z.int().min(0).max(23), y: z.int().min(0) })
  .refine(({ w, x }) => x + w <= 24, 'is wider than the 24 columns');

/** Of the source Prometheus: an expression for each line. */
const Target = z.strictObject({
  refId: z.string().regex(/^[A-Z]$/),
  datasource: Source,
  expr: z.string().min(1),
  legendFormat: z.string(),
  instant: z.boolean(),
  range: z.boolean(),
});

const Thresholds = z
  .strictObject({
    mode: z.enum(['absolute', 'percentage']),
    steps: z.array(z.strictObject({ color: z.string(), value: z.number().nullable() })).min(1),
  })
  .refine(({ steps }) => steps[0]?.value === null, 'does not begin with a step without a value')
  .refine(
    ({ steps }) => steps.slice(1).every(({ value }, index) => (value ?? Number.NaN) > (steps[index]?.value ?? -Infinity)),
    'has steps that do not rise',
  );

const fields = {
  unit: z.string().min(1),
  min: z.number().optional(),
  max: z.number().optional(),
  color: z.strictObject({ mode: z.enum(['thresholds', 'palette-classic', 'palette-saturated', 'continuous-GrYlRd', 'fixed']) }),
  thresholds: Thresholds,
};

const panel = {
  id: z.int().positive(),
  title: z.string().min(1),
  description: z.string().min(10),
  datasource: Source,
  gridPos: GridPos,
  targets: z.array(Target).min(1),
};

const Timeseries = z.strictObject({
  ...panel,
  type: z.literal('timeseries'),
  fieldConfig: z.strictObject({
    defaults: z.strictObject({
      ...fields,
      custom: z.strictObject({
        drawStyle: z.enum(['line', 'bars', 'points']),
        lineWidth: z.number().min(0).max(10),
        fillOpacity: z.number().min(0).max(100),
        showPoints: z.enum(['auto', 'never', 'always']),
        spanNulls: z.boolean(),
        stacking: z.strictObject({ mode: z.enum(['none', 'normal', 'percent']), group: z.string() }),
        thresholdsStyle: z.strictObject({ mode: z.enum(['off', 'line', 'dashed', 'area', 'line+area', 'dashed+area', 'series']) }),
      }),
    }),
    overrides: z.array(z.never()),
  }),
  options: z.strictObject({
    legend: z.strictObject({
      displayMode: z.enum(['list', 'table', 'hidden']),
      placement: z.enum(['bottom', 'right']),
      showLegend: z.boolean(),
      calcs: z.array(z.string()),
    }),
    tooltip: z.strictObject({ mode: z.enum(['single', 'multi', 'none']), sort: z.enum(['none', 'asc', 'desc']) }),
  }),
});

const Stat = z.strictObject({
  ...panel,
  type: z.literal('stat'),
  fieldConfig: z.strictObject({ defaults: z.strictObject(fields), overrides: z.array(z.never()) }),
  options: z.strictObject({
    reduceOptions: z.strictObject({ calcs: z.array(z.string()).min(1), fields: z.string(), values: z.boolean() }),
    orientation: z.enum(['auto', 'horizontal', 'vertical']),
    textMode: z.enum(['auto', 'value', 'value_and_name', 'name', 'none']),
    colorMode: z.enum(['value', 'background', 'background_solid', 'none']),
    graphMode: z.enum(['none', 'line', 'area']),
    justifyMode: z.enum(['auto', 'center']),
  }),
});

const Graph = z.discriminatedUnion('type', [Timeseries, Stat]);
export type GrafanaGraph = z.infer<typeof Graph>;

/** A folded row holds its panels, an open one has them beside it. */
const RowPanel = z
  .strictObject({
    id: z.int().positive(),
    type: z.literal('row'),
    title: z.string().min(1),
    collapsed: z.boolean(),
    gridPos: GridPos,
    panels: z.array(Graph),
  })
  .refine(({ collapsed, panels }) => collapsed === panels.length > 0, 'is folded without panels, or open with them');

const Variable = z.discriminatedUnion('type', [
  z.strictObject({
    name: z.string().regex(/^\w+$/),
    label: z.string(),
    type: z.literal('datasource'),
    query: z.string(),
    hide: z.literal([0, 1, 2]),
    refresh: z.literal([0, 1, 2]),
    multi: z.boolean(),
    includeAll: z.boolean(),
  }),
  z.strictObject({
    name: z.string().regex(/^\w+$/),
    label: z.string(),
    type: z.literal('query'),
    datasource: Source,
    query: z.strictObject({ query: z.string(), refId: z.string() }),
    definition: z.string(),
    hide: z.literal([0, 1, 2]),
    refresh: z.literal([0, 1, 2]),
    sort: z.int().min(0).max(8),
    multi: z.boolean(),
    includeAll: z.boolean(),
    allValue: z.string(),
    current: z.strictObject({ text: z.array(z.string()), value: z.array(z.string()) }),
  }),
]);

export const GrafanaDashboard = z.strictObject({
  id: z.int().nullable(),
  uid: z.string().min(8).max(40),
  title: z.string().min(1),
  description: z.string(),
  tags: z.array(z.string()),
  schemaVersion: z.int().min(36).max(41),
  version: z.int().positive(),
  editable: z.boolean(),
  graphTooltip: z.literal([0, 1, 2]),
  timezone: z.string(),
  refresh: z.string().regex(/^\d+[smh]$/),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  links: z.array(z.never()),
  annotations: z.strictObject({
    list: z.array(
      z.strictObject({
        name: z.string(),
        enable: z.boolean(),
        hide: z.boolean(),
        iconColor: z.string(),
        datasource: Source,
        expr: z.string(),
        titleFormat: z.string(),
      }),
    ),
  }),
  templating: z.strictObject({ list: z.array(Variable) }),
  panels: z.array(z.union([RowPanel, Graph])),
});
export type GrafanaDashboard = z.infer<typeof GrafanaDashboard>;

/** All that draw something, whatever row they lie in. */
export function graphsOf({ panels }: GrafanaDashboard): readonly GrafanaGraph[] {
  return panels.flatMap((one) => (one.type === 'row' ? one.panels : [one]));
}
