// How often each moment of a recording was played, along its time: one presses on a moment, and goes there.
import { useState } from 'react';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import { clock, useText } from '../../../i18n/index.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { PlayIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/Link.tsx';
import { Table } from '../../../ui/Table.tsx';
import { type HeatColumn, rewatched } from './viewing-view.ts';

export type HeatMapProps = { readonly id: RecordingId; readonly columns: readonly HeatColumn[] };

const fewPeaks = 5;
const chartHeight = 100;

/** The player reads whole seconds of class time. */
const momentOf = (id: RecordingId, { classMs }: HeatColumn) => `/recordings/${id}?t=${Math.floor(classMs / 1000)}`;
const spanOf = ({ fromMs, toMs }: HeatColumn) => `${clock(fromMs)}–${clock(toMs)}`;

export function HeatMap({ id, columns }: HeatMapProps) {
  const { t } = useText();
  const peak = columns.reduce<number>((best, column, index) => (column.plays > (columns[best]?.plays ?? 0) ? index : best), 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const index = Math.min(chosen ?? peak, columns.length - 1);
  const current = columns[index];
  const most = Math.max(1, ...columns.map(({ plays }) => plays));
  if (current === undefined) return null;
  const words = t('viewing.heat.at', { at: spanOf(current), plays: current.plays, people: current.people });
  return (
    <>
      <div className="heat">
        <svg className="heat-picture" viewBox={`0 0 ${columns.length} ${chartHeight}`} preserveAspectRatio="none" aria-hidden="true">
          {columns.map(({ fromMs, plays, people }, at) => (
            <g key={fromMs} className={at === index ? 'heat-column heat-column-current' : 'heat-column'}>
              <rect
                className="heat-plays"
                x={at + 0.08}
                width={0.84}
                y={chartHeight * (1 - plays / most)}
                height={(chartHeight * plays) / most}
              />
              <rect
                className="heat-people"
                x={at + 0.08}
                width={0.84}
                y={chartHeight * (1 - people / most)}
                height={(chartHeight * people) / most}
              />
            </g>
          ))}
        </svg>
        <input
          type="range"
          className="heat-input"
          min={0}
          max={columns.length - 1}
          step={1}
          value={index}
          aria-label={t('viewing.heat.choose')}
          aria-valuetext={words}
          onChange={(event) => setChosen(event.target.valueAsNumber)}
        />
      </div>
      <div className="heat-axis tabular" aria-hidden="true">
        <span>{clock(0)}</span>
        <span>{clock(columns.at(-1)?.toMs ?? 0)}</span>
      </div>
      <div className="heat-told">
        <p className="tabular">{words}</p>
        <ButtonLink icon={PlayIcon} href={momentOf(id, current)}>
          {t('viewing.heat.go', { at: clock(current.fromMs) })}
        </ButtonLink>
      </div>
      <ul className="heat-legend">
        <li className="heat-legend-people">{t('viewing.heat.first')}</li>
        <li className="heat-legend-plays">{t('viewing.heat.again')}</li>
      </ul>
      <Moments id={id} columns={columns} />
    </>
  );
}

/** The same as numbers: what is watched again and again, or every moment. */
function Moments({ id, columns }: HeatMapProps) {
  const { t, number } = useText();
  const [showsAll, setShowsAll] = useState(false);
  const rows = showsAll ? columns : rewatched(columns, fewPeaks);
  return (
    <div className="heat-moments">
      <h3>{t(showsAll ? 'viewing.moments.all' : 'viewing.moments.peaks')}</h3>
      <Table
        dense
        label={t(showsAll ? 'viewing.moments.all' : 'viewing.moments.peaks')}
        rows={rows}
        rowKey={({ fromMs }) => fromMs}
        empty={t('viewing.moments.none')}
        columns={[
          {
            ...{ id: 'at', title: t('viewing.moments.at'), isRowHeader: true },
            cell: (row) => (
              <Link href={momentOf(id, row)} className="tabular">
                {spanOf(row)}
              </Link>
            ),
          },
          { id: 'plays', title: t('viewing.moments.plays'), numeric: true, cell: ({ plays }) => number(plays) },
          { id: 'people', title: t('viewing.moments.people'), numeric: true, cell: ({ people }) => number(people) },
        ]}
      />
      <Button size="small" kind="quiet" onPress={() => setShowsAll(!showsAll)} aria-expanded={showsAll}>
        {t(showsAll ? 'viewing.moments.fewer' : 'viewing.moments.more')}
      </Button>
    </div>
  );
}
