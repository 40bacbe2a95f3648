// What is wrong with an import, line by line and in words.
import type { z } from 'zod';
import type { ImportFault } from '../../../server/contract/identity.ts';
import { ImportFaults } from '../../../server/contract/routes-people.ts';
import { ApiError, errorCode } from '../../app/api.ts';
import { type Texts, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { type Column, Table } from '../../ui/Table.tsx';

type Fault = z.output<typeof ImportFault>;

/** Whoever has more begins with these. */
const mostShown = 200;

export function ImportFaultList({ error }: { readonly error: Error }) {
  const { t, refusal } = useText();
  const parsed = ImportFaults.safeParse(error instanceof ApiError ? error.details : undefined);
  if (!parsed.success) {
    return (
      <Banner tone="danger" announce="assertive">
        {errorCode(error) === 'too-large' ? t('people.import.tooLarge') : refusal(errorCode(error))}
      </Banner>
    );
  }
  const { faults } = parsed.data;
  const columns: Column<Fault>[] = [
    { id: 'line', title: t('people.import.column.line'), numeric: true, width: '5rem', cell: ({ line }) => line },
    { id: 'column', title: t('people.import.column.column'), width: '9rem', cell: ({ column }) => (column ? <code>{column}</code> : '–') },
    { id: 'fault', title: t('people.import.column.fault'), cell: (fault) => inWords(fault, t) },
  ];
  return (
    <>
      <Banner tone="danger" announce="assertive" title={t('people.import.faults', { n: faults.length })}>
        {faults.length > mostShown ? t('people.import.faultsMore', { n: mostShown }) : null}
      </Banner>
      <Table
        dense
        label={t('people.import.faults', { n: faults.length })}
        columns={columns}
        rows={faults.slice(0, mostShown)}
        rowKey={({ line, column, code, value }) => `${line} ${column} ${code} ${value}`}
        className="import-faults"
      />
    </>
  );
}

function inWords({ code, value }: Fault, t: Texts['t']): string {
  if (code === 'bad-value' && !value) return t('people.import.fault.bad-empty');
  return t(`people.import.fault.${code}`, { value: value ?? '' });
}
