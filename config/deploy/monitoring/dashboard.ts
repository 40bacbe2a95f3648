// Writes dashboard.json for Grafana: node config/deploy/monitoring/dashboard.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, recorder, records, workers } from './graphs-machine.ts';
import { joining, lessons, now, quality, requests } from './graphs-people.ts';
import { datasource, panelsOf } from './panels.ts';

const path = join(import.meta.dirname, 'dashboard.json');

export function dashboardText(): string {
  return `${JSON.stringify(dashboard, null, 1)}\n`;
}

/** The classic model, which every Grafana from 9.5 on reads: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
const dashboard = {
  ...{ id: null, uid: 'auditoria', title: 'Auditoria', tags: ['auditoria'], schemaVersion: 38, version: 1 },
  description: 'Live classes: who comes in, how it sounds and looks, and what the server needs for it.',
  ...{ editable: true, graphTooltip: 1, timezone: 'browser', refresh: '30s', time: { from: 'now-3h', to: 'now' } },
  links: [],
  annotations: {
    list: [
      {
        ...{ name: 'Restarts', enable: true, hide: false, iconColor: 'orange', datasource },
        expr: 'changes(process_start_time_seconds{instance=~"$instance",job="auditoria"}[1m]) > 0',
        titleFormat: 'The server began anew',
      },
    ],
  },
  templating: {
    list: [
      {
        name: 'datasource',
        label: 'Prometheus',
        type: 'datasource',
        query: 'prometheus',
        hide: 0,
        refresh: 1,
        multi: false,
        includeAll: false,
      },
      {
        ...{ name: 'instance', label: 'Server', type: 'query', datasource, hide: 0, refresh: 2, sort: 1 },
        ...{ multi: true, includeAll: true, allValue: '.*', current: { text: ['All'], value: ['$__all'] } },
        ...{
          definition: 'label_values(auditoria_info, instance)',
          query: { query: 'label_values(auditoria_info, instance)', refId: 'instance' },
        },
      },
    ],
  },
  panels: panelsOf([
    now,
    joining,
    quality,
    workers,
    lessons,
    { ...requests, collapsed: true },
    { ...records, collapsed: true },
    { ...recorder, collapsed: true },
    { ...machine, collapsed: true },
  ]),
};

if (import.meta.main) writeFileSync(path, dashboardText());
