// The whole register: totals, filters, students, and the others apart.
import { useState } from 'react';
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { Drawer } from '../../ui/Drawer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PeopleIcon } from '../../ui/icons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Sort } from '../../ui/Table.tsx';
import { Details } from './Details.tsx';
import type { BarFrame } from './PresenceBar.tsx';
import { RegisterTable } from './RegisterTable.tsx';
import { type Filter, filterRows, groupRows, sortRows, type VerdictFilter } from './register-view.ts';
import { Totals } from './Totals.tsx';
import { VerdictChip } from './VerdictChip.tsx';

export function FullRegister({ register, frame }: { readonly register: Register; readonly frame: BarFrame }) {
  const { t } = useText();
  const [filter, setFilter] = useState<Filter>({ search: '', verdict: 'all' });
  const [sort, setSort] = useState<Sort>({ column: 'name', descending: false });
  const [openId, setOpenId] = useState<string | null>(null);
  const { students, leaders, outsiders } = groupRows(register.rows);
  const shown = sortRows(filterRows(students, filter), sort);
  const open = register.rows.find(({ personId }) => personId === openId);
  const onOpen = ({ personId }: RegisterRow) => setOpenId(personId);
  return (
    <>
      <Totals register={register} />
      {students.length === 0 ? (
        <EmptyState icon={PeopleIcon} title={t('attendance.noRoster.title')}>
          {t('attendance.noRoster.text')}
        </EmptyState>
      ) : (
        <div className="register-section">
          <Filters filter={filter} onFilter={setFilter} register={register} />
          <RegisterTable
            label={t('attendance.students')}
            rows={shown}
            {...{ frame, onOpen, sort, onSort: setSort }}
            isJudged
            empty={t('attendance.nobodyFound')}
          />
        </div>
      )}
      <Others title={t('attendance.outsiders')} note={t('attendance.outsiders.note')} rows={outsiders} frame={frame} onOpen={onOpen} />
      <Others title={t('attendance.leaders')} rows={leaders} frame={frame} onOpen={onOpen} />
      <Drawer isOpen={open !== undefined} onOpenChange={() => setOpenId(null)} title={open?.name ?? ''}>
        {open ? (
          <>
            <p className="register-open-head">
              {open.onRoster && open.role === 'student' ? (
                <VerdictChip verdict={open.verdict} />
              ) : (
                <span>{t(`attendance.role.${open.role}`)}</span>
              )}
              <span className="register-quiet">{open.groups.join(', ')}</span>
            </p>
            <Details row={open} frame={frame} headingLevel={3} />
          </>
        ) : null}
      </Drawer>
    </>
  );
}

type OthersProps = {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly RegisterRow[];
  readonly frame: BarFrame;
  readonly onOpen: (row: RegisterRow) => void;
};

function Others({ title, note, rows, frame, onOpen }: OthersProps) {
  if (rows.length === 0) return null;
  return (
    <section className="register-section register-others">
      <h2>{title}</h2>
      {note ? <p className="register-quiet">{note}</p> : null}
      <RegisterTable label={title} rows={rows} frame={frame} onOpen={onOpen} isJudged={false} />
    </section>
  );
}

type FiltersProps = { readonly filter: Filter; readonly onFilter: (filter: Filter) => void; readonly register: Register };

function Filters({ filter, onFilter, register }: FiltersProps) {
  const { t } = useText();
  const verdicts: readonly VerdictFilter[] = register.final
    ? ['all', 'present', 'late', 'left-early', 'absent']
    : ['all', 'here', 'present', 'late', 'left-early', 'absent', 'expected'];
  return (
    <div className="register-filters">
      <SearchField label={t('attendance.search')} value={filter.search} onChange={(search) => onFilter({ ...filter, search })} />
      <Select
        aria-label={t('attendance.filter')}
        options={verdicts.map((id) => ({ id, label: t(`attendance.filter.${id}`) }))}
        value={filter.verdict}
        onChange={(verdict) => onFilter({ ...filter, verdict })}
      />
    </div>
  );
}
