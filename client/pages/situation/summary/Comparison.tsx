// The same figures by day, faculty, building or kind, in a table one can sort by looking.
import { useState } from 'react';
import type { SituationFigures, SituationSummary } from '../../../../server/contract/situation.ts';
import { instantAt, useText } from '../../../i18n/index.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { compared } from './figures.ts';

type Row = { readonly id: string; readonly name: string; readonly figures: SituationFigures };
type By = 'day' | 'faculty' | 'building' | 'kind';

export function Comparison({ summary }: { readonly summary: SituationSummary }) {
  const texts = useText();
  const { t, date, weekday } = texts;
  const rowsBy: Readonly<Record<By, readonly Row[]>> = {
    day: summary.days.map(({ day, figures }) => ({
      id: day,
      name: `${date(instantAt(day), 'dayMonth')}, ${weekday(instantAt(day), 'short')}`,
      figures,
    })),
    faculty: summary.faculties,
    building: summary.buildings.map(({ name, figures }) => ({ id: name, name: name || t('situation.building.none'), figures })),
    kind: summary.kinds.map(({ kind, figures }) => ({ id: kind, name: t(`timetable.kind.${kind}`), figures })),
  };
  const ways: readonly { readonly id: By; readonly label: string }[] = [
    { id: 'day', label: t('situation.summary.byDay') },
    { id: 'faculty', label: t('situation.summary.byFaculty') },
    { id: 'building', label: t('situation.summary.byBuilding') },
    { id: 'kind', label: t('situation.summary.byKind') },
  ];
  // Days are nothing to compare within one day.
  const offered = summary.from === summary.to ? ways.slice(1) : ways;
  const [asked, ask] = useState<By | null>(null);
  const way = offered.find(({ id }) => id === asked) ?? offered[0];
  if (!way) return null;
  const columns: Column<Row>[] = [
    { id: 'name', title: way.label, isRowHeader: true, cell: ({ name }) => name },
    ...compared.map(({ id, title, words }) => ({
      id,
      title: t(title),
      numeric: true,
      cell: ({ figures }: Row) => words(figures, texts),
    })),
  ];
  return (
    <section className="summary-section">
      <h2>{t('situation.summary.table')}</h2>
      <Segmented label={t('situation.summary.table')} options={offered} value={way.id} onChange={ask} className="summary-ways" />
      <Table label={way.label} columns={columns} rows={rowsBy[way.id]} rowKey={({ id }) => id} dense />
    </section>
  );
}
