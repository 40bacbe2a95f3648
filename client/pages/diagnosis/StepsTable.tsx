// The figures of every ten seconds around the chosen moment: the table beside the picture.
import { type Stay, type Step, stepMs } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import { figuresOf } from './moment-words.ts';
import { exactTime } from './words.ts';

/** So many steps before and after. */
const around = 18;

const shown = [
  ['lossDown', 'lossDown'],
  ['lossUp', 'lossUp'],
  ['roundTrip', 'delay'],
  ['concealed', 'concealed'],
  ['frozen', 'frozen'],
  ['ladder', 'sent'],
  ['way', 'way'],
] as const;

export function StepsTable({ stay, at }: { readonly stay: Stay; readonly at: number }) {
  const texts = useText();
  const { t, time } = texts;
  const rows = stay.steps.filter((step) => Math.abs(step.at - at) <= around * stepMs);
  const figures = new Map(rows.map((step) => [step, figuresOf(step, stay, texts)]));
  const columns: readonly Column<Step>[] = [
    {
      id: 'time',
      title: t('diagnosis.column.time'),
      isRowHeader: true,
      cell: (step) => <span className="tabular">{exactTime(step.at)}</span>,
    },
    ...shown.map(([id, word], index) => ({
      ...{ id, title: t(`diagnosis.steps.${word}`), numeric: index < 5 },
      cell: (step: Step) => figures.get(step)?.find((figure) => figure.id === id)?.value ?? '–',
    })),
  ];
  const title = t('diagnosis.steps', { time: time(at) });
  return (
    <details className="diagnosis-where">
      <summary>{title}</summary>
      <Table
        label={title}
        columns={columns}
        rows={rows}
        rowKey={(step) => `${step.at} ${step.connection}`}
        dense
        empty={<p className="diagnosis-quiet">{t('diagnosis.steps.none')}</p>}
      />
    </details>
  );
}
