// The next hours in figures: lessons, people and load of each quarter of an hour.
import { type TextKey, useText } from '../../../i18n/index.ts';
import { StatusChip } from '../../../ui/Chip.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { type Quarter, type QuarterState, stateOf } from './bars.ts';

const looks: Readonly<Record<QuarterState, { readonly tone: 'good' | 'warn' | 'danger'; readonly word: TextKey }>> = {
  fine: { tone: 'good', word: 'capacity.state.fine' },
  near: { tone: 'warn', word: 'capacity.state.near' },
  over: { tone: 'danger', word: 'capacity.state.over' },
};

export function ForecastTable({ quarters }: { readonly quarters: readonly Quarter[] }) {
  const { t, time, number } = useText();
  const columns: Column<Quarter>[] = [
    {
      id: 'from',
      title: t('capacity.quarter'),
      isRowHeader: true,
      cell: ({ startsAt }) => <span className="tabular">{time(startsAt)}</span>,
    },
    {
      id: 'share',
      title: t('capacity.share'),
      numeric: true,
      cell: ({ share }) => number(share, { style: 'percent', maximumFractionDigits: 0 }),
    },
    { id: 'state', title: t('capacity.state'), cell: (quarter) => <State state={stateOf(quarter)} /> },
    { id: 'people', title: t('capacity.people'), numeric: true, cell: ({ people }) => number(people) },
    { id: 'lessons', title: t('capacity.lessons'), numeric: true, cell: ({ lessons }) => number(lessons) },
  ];
  return <Table label={t('capacity.title')} columns={columns} rows={quarters} rowKey={({ startsAt }) => startsAt} dense />;
}

function State({ state }: { readonly state: QuarterState }) {
  const { t } = useText();
  const { tone, word } = looks[state];
  return <StatusChip tone={tone}>{t(word)}</StatusChip>;
}
