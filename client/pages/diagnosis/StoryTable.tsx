// A stay in order: what happened, and how it was between; pressing a time shows that moment in the picture.
import { useState } from 'react';
import type { Stay } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { DegreeChip } from './DegreeChip.tsx';
import { MoreButton } from './MoreButton.tsx';
import { eventWords } from './moment-words.ts';
import { type Row, type Stretch, storyOf } from './story.ts';
import { exactTime, kindsWords, worstWords } from './words.ts';

const rowsAtOnce = 40;

type StoryTableProps = { readonly stay: Stay; readonly onAt: (at: number) => void };

export function StoryTable({ stay, onAt }: StoryTableProps) {
  const { t } = useText();
  const [shown, setShown] = useState(rowsAtOnce);
  const rows = storyOf(stay);
  const columns: readonly Column<Row>[] = [
    {
      ...{ id: 'time', title: t('diagnosis.column.time'), isRowHeader: true, width: '6.5rem' },
      cell: (row) => (
        <Button kind="quiet" size="small" className="stay-time tabular" onPress={() => onAt(row.at)}>
          {row.kind === 'event' ? exactTime(row.at) : `${exactTime(row.at)}–${exactTime(row.to)}`}
        </Button>
      ),
    },
    { id: 'what', title: t('diagnosis.column.what'), cell: (row) => <What row={row} stay={stay} /> },
  ];
  if (rows.length === 0) return <p className="diagnosis-quiet">{t('diagnosis.story.empty')}</p>;
  return (
    <>
      <Table
        label={t('diagnosis.story')}
        columns={columns}
        rows={rows.slice(0, shown)}
        // Two devices may do the same at the same moment, and rows never move.
        rowKey={(row) => rows.indexOf(row)}
        className="diagnosis-table"
        dense
      />
      <MoreButton has={rows.length > shown} isPending={false} onMore={() => setShown(shown + rowsAtOnce)} />
    </>
  );
}

function What({ row, stay }: { readonly row: Row; readonly stay: Stay }) {
  const texts = useText();
  if (row.kind === 'event') return <span className="stay-event">{eventWords(row.event, stay, texts)}</span>;
  return <StretchWords row={row} stay={stay} />;
}

function StretchWords({ row, stay }: { readonly row: Stretch; readonly stay: Stay }) {
  const texts = useText();
  const { t } = texts;
  const { severity, worst, isChosen, way, connection } = row;
  const device = stay.connections.length > 1 ? stay.connections[connection]?.device : undefined;
  const more = [
    ...worstWords(worst, texts),
    ...(isChosen ? [t('diagnosis.chosen')] : []),
    ...(way === null || way === 'udp' ? [] : [t(`diagnosis.way.${way}`)]),
    ...(device ? [device] : []),
  ];
  return (
    <span className="diagnosis-stacked">
      <span className="diagnosis-what">
        {severity === null ? <span>{t('diagnosis.story.well')}</span> : <DegreeChip severity={severity} />}
        {severity === null ? null : <span>{kindsWords(row, texts)}</span>}
      </span>
      {more.length > 0 ? <span className="diagnosis-quiet">{more.join('; ')}</span> : null}
    </span>
  );
}
