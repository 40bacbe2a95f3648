// What is wrong with a file, by sheet, line and column, in words.
import type { TableFault } from '../../../../server/contract/import.ts';
import { useText } from '../../../i18n/index.ts';
import { type Column, Table } from '../../../ui/Table.tsx';

export function FaultTable({ faults, total }: { readonly faults: readonly TableFault[]; readonly total: number }) {
  const { t } = useText();
  const columns: Column<TableFault>[] = [
    ...(faults.some(({ sheet }) => sheet !== null)
      ? [{ id: 'sheet', title: t('import.faults.sheet'), width: '9rem', cell: ({ sheet }: TableFault) => sheet ?? '–' }]
      : []),
    { id: 'line', title: t('import.faults.line'), numeric: true, width: '5rem', cell: ({ line }) => line },
    { id: 'column', title: t('import.faults.column'), width: '9rem', cell: ({ column }) => column ?? '–' },
    { id: 'fault', title: t('import.faults.what'), cell: ({ code, value }) => t(`import.fault.${code}`, { value: value ?? '' }) },
  ];
  const title = t('import.faults', { n: total });
  return (
    <section aria-label={title}>
      <h3 className="imports-title">{title}</h3>
      {total > faults.length ? <p className="university-note">{t('import.faults.first', { n: faults.length })}</p> : null}
      <Table
        dense
        label={title}
        columns={columns}
        rows={faults}
        rowKey={({ sheet, line, column, code, value }) => `${sheet} ${line} ${column} ${code} ${value}`}
      />
    </section>
  );
}
