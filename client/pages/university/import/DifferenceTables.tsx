// What an import changes: the counts of each table, and some of each kind to look at.
import type { DifferenceSample, TableDifference } from '../../../../server/contract/import.ts';
import { useText } from '../../../i18n/index.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { Table } from '../../../ui/Table.tsx';
import { changesOf, columnName, valueText } from './samples.ts';

const tones = { new: 'good', changed: 'accent', gone: 'warn' } as const;

type DifferenceTablesProps = { readonly difference: readonly TableDifference[]; readonly isDone: boolean };

export function DifferenceTables({ difference, isDone }: DifferenceTablesProps) {
  const { t, number } = useText();
  const title = t(isDone ? 'import.difference.done' : 'import.difference');
  return (
    <section aria-label={title} className="import-difference">
      <h3 className="imports-title">{title}</h3>
      <Table
        label={title}
        columns={[
          { id: 'table', title: t('import.what'), isRowHeader: true, cell: ({ table }) => t(`import.table.${table}`) },
          { id: 'new', title: t('import.how.new'), numeric: true, cell: (row) => number(row.new) },
          { id: 'changed', title: t('import.how.changed'), numeric: true, cell: (row) => number(row.changed) },
          { id: 'gone', title: t('import.how.gone'), numeric: true, cell: (row) => number(row.gone) },
          { id: 'same', title: t('import.how.same'), numeric: true, cell: (row) => number(row.same) },
        ]}
        rows={difference}
        rowKey={({ table }) => table}
      />
      {difference
        .filter(({ samples }) => samples.length > 0)
        .map(({ table, samples }) => (
          <details key={table} className="import-samples">
            <summary>{t('import.samples', { table: t(`import.table.${table}`), n: samples.length })}</summary>
            <ul>
              {samples.map((sample) => (
                <li key={`${sample.how} ${sample.externalId}`}>
                  <Sample sample={sample} />
                </li>
              ))}
            </ul>
          </details>
        ))}
    </section>
  );
}

function Sample({ sample }: { readonly sample: DifferenceSample }) {
  const { t } = useText();
  const { how, name, externalId } = sample;
  return (
    <>
      <div className="import-sample-head">
        <Chip tone={tones[how]}>{t(`import.one.${how}`)}</Chip>
        <strong>{name}</strong>
        <span className="university-note">{externalId}</span>
      </div>
      {how === 'changed' ? (
        <dl className="import-changes">
          {changesOf(sample).map(({ column, before, after }) => (
            <div key={column}>
              <dt>{columnName(t, column)}</dt>
              <dd>
                <del>{valueText(before)}</del> <span aria-hidden="true">→</span> <ins>{valueText(after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}
