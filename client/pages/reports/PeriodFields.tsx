// Chooses the days of a report: a term, or any days.
import { useState } from 'react';
import type { ReportScopes } from '../../../server/contract/reports.ts';
import { useText } from '../../i18n/index.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';

type PeriodFieldsProps = {
  readonly terms: ReportScopes['terms'];
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (from: string | undefined, to: string | undefined) => void;
};

const now = 'now';
const other = 'other';

export function PeriodFields({ terms, from, to, onChange }: PeriodFieldsProps) {
  const { t } = useText();
  const term = terms.find((one) => one.from === from && one.to === to);
  const [chosen, setChosen] = useState(from === undefined ? now : term ? idOf(term) : other);
  const [draft, setDraft] = useState({ from: from ?? '', to: to ?? '' });
  const choose = (id: string) => {
    setChosen(id);
    const picked = terms.find((one) => idOf(one) === id);
    if (picked) onChange(picked.from, picked.to);
    if (id === now) onChange(undefined, undefined);
  };
  const write = (next: typeof draft) => {
    setDraft(next);
    if (next.from !== '' && next.to !== '' && next.from <= next.to) onChange(next.from, next.to);
  };
  return (
    <>
      <Select
        label={t('reports.period')}
        options={[
          { id: now, label: t('reports.period.now') },
          ...terms.map((one) => ({ id: idOf(one), label: one.name })),
          { id: other, label: t('reports.period.other') },
        ]}
        value={chosen}
        onChange={choose}
      />
      {chosen === other ? (
        <>
          <TextField
            label={t('reports.period.from')}
            type="date"
            value={draft.from}
            onChange={(value) => write({ ...draft, from: value })}
          />
          <TextField label={t('reports.period.to')} type="date" value={draft.to} onChange={(value) => write({ ...draft, to: value })} />
        </>
      ) : null}
    </>
  );
}

function idOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from}/${to}`;
}
