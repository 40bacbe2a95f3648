// The whole register: totals, signature, filters, students, the others apart, and what was done to it.
import { useState } from 'react';
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { EditIcon, PeopleIcon } from '../../ui/icons.ts';
import type { Sort } from '../../ui/Table.tsx';
import { Correct } from './Correct.tsx';
import type { View } from './columns.tsx';
import { Details } from './Details.tsx';
import { Evidence } from './Evidence.tsx';
import { Filters } from './Filters.tsx';
import type { BarFrame } from './frame.ts';
import { History } from './History.tsx';
import { RegisterTable } from './RegisterTable.tsx';
import { type Filter, filterRows, groupRows, sortRows } from './register-view.ts';
import { Signature } from './Signature.tsx';
import { Totals } from './Totals.tsx';

export function FullRegister({ register, frame }: { readonly register: Register; readonly frame: BarFrame }) {
  const { t } = useText();
  const self = usePerson().id;
  const [filter, setFilter] = useState<Filter>({ search: '', verdict: 'all' });
  const [sort, setSort] = useState<Sort>({ column: 'name', descending: false });
  const [view, setView] = useState<View>('attendance');
  const [openId, setOpenId] = useState<string | null>(null);
  const [correctingId, setCorrectingId] = useState<string | null>(null);
  const { students, leaders, outsiders } = groupRows(register.rows);
  const shown = sortRows(filterRows(students, filter), sort);
  const correcting = students.find(({ personId }) => personId === correctingId);
  const shared = {
    frame,
    openId,
    onOpen: ({ personId }: RegisterRow) => setOpenId(personId === openId ? null : personId),
    details: (row: RegisterRow) => (
      <Details
        row={row}
        register={register}
        frame={frame}
        headingLevel={3}
        action={
          // Nobody corrects the own row.
          register.may.correct && row.onRoster && row.role === 'student' && row.personId !== self ? (
            <Button icon={EditIcon} onPress={() => setCorrectingId(row.personId)}>
              {t('register.correct')}
            </Button>
          ) : null
        }
      />
    ),
  };
  return (
    <div className="register">
      <Totals register={register} />
      <Signature register={register} />
      {students.length === 0 ? (
        <EmptyState icon={PeopleIcon} title={t('attendance.noRoster.title')}>
          {t('attendance.noRoster.text')}
        </EmptyState>
      ) : (
        <section className="register-section">
          <h2 className="visually-hidden">{t('attendance.students')}</h2>
          <Filters filter={filter} onFilter={setFilter} view={view} onView={setView} register={register} />
          <RegisterTable
            label={t('attendance.students')}
            rows={shown}
            {...{ ...shared, view, sort, onSort: setSort }}
            isJudged
            empty={t('attendance.nobodyFound')}
          />
        </section>
      )}
      <Others title={t('attendance.outsiders')} note={t('attendance.outsiders.note')} rows={outsiders} shared={shared} />
      <Others title={t('attendance.leaders')} rows={leaders} shared={shared} />
      <History history={register.history} />
      <Evidence lessonId={register.lessonId} />
      {correcting ? (
        <Correct
          key={correcting.personId}
          lessonId={register.lessonId}
          row={correcting}
          isSigned={register.signature !== null}
          onClose={() => setCorrectingId(null)}
        />
      ) : null}
    </div>
  );
}

type OthersProps = {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly RegisterRow[];
  readonly shared: Pick<Parameters<typeof RegisterTable>[0], 'frame' | 'openId' | 'onOpen' | 'details'>;
};

function Others({ title, note, rows, shared }: OthersProps) {
  if (rows.length === 0) return null;
  return (
    <section className="register-section register-others">
      <h2>{title}</h2>
      {note ? <p className="register-quiet">{note}</p> : null}
      <RegisterTable label={title} rows={rows} {...shared} isJudged={false} />
    </section>
  );
}
