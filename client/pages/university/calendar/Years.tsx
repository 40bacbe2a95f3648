// The academic years, newest first, each with its terms.
import type { AcademicYear, Term } from '../../../../server/contract/calendar.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { AddIcon, CalendarIcon } from '../../../ui/icons.ts';
import { Table } from '../../../ui/Table.tsx';
import { OpenButton } from '../CatalogueList.tsx';
import { spanText } from './calendar.ts';

type YearsProps = {
  readonly years: readonly AcademicYear[];
  readonly mayEdit: boolean;
  readonly onYear: (year: AcademicYear | null) => void;
  readonly onTerm: (year: AcademicYear, term: Term | null) => void;
};

export function Years({ years, mayEdit, onYear, onTerm }: YearsProps) {
  const { t } = useText();
  const add = mayEdit ? (
    <Button icon={AddIcon} kind={years.length === 0 ? 'primary' : 'plain'} onPress={() => onYear(null)}>
      {t('calendar.year.add')}
    </Button>
  ) : null;
  if (years.length === 0) {
    return (
      <EmptyState icon={CalendarIcon} title={t('calendar.year.empty.title')} action={add}>
        {t('calendar.year.empty.text')}
      </EmptyState>
    );
  }
  return (
    <>
      {years
        .toSorted((a, b) => (a.startsOn < b.startsOn ? 1 : -1))
        .map((year) => (
          <YearCard key={year.id} year={year} mayEdit={mayEdit} onYear={onYear} onTerm={onTerm} />
        ))}
      {add ? <div>{add}</div> : null}
    </>
  );
}

function YearCard({ year, mayEdit, onYear, onTerm }: Omit<YearsProps, 'years'> & { readonly year: AcademicYear }) {
  const texts = useText();
  const { t } = texts;
  return (
    <Card
      title={t('calendar.year.title', { name: year.name })}
      actions={
        mayEdit ? (
          <>
            <Button size="small" kind="quiet" onPress={() => onYear(year)}>
              {t('calendar.edit')}
            </Button>
            <Button size="small" icon={AddIcon} onPress={() => onTerm(year, null)}>
              {t('calendar.term.add')}
            </Button>
          </>
        ) : undefined
      }
    >
      <p className="calendar-dates">{spanText(texts, year.startsOn, year.endsOn)}</p>
      {year.terms.length === 0 ? <p className="university-note">{t('calendar.term.none')}</p> : null}
      {year.terms.length > 0 ? (
        <Table
          label={t('calendar.terms')}
          columns={[
            {
              id: 'name',
              title: t('calendar.term'),
              isRowHeader: true,
              cell: (term) => (mayEdit ? <OpenButton name={term.name} onPress={() => onTerm(year, term)} /> : term.name),
            },
            { id: 'span', title: t('calendar.dates'), cell: (term) => spanText(texts, term.startsOn, term.endsOn) },
            { id: 'weeks', title: t('calendar.weeks'), numeric: true, cell: ({ weeks }) => weeks },
          ]}
          rows={year.terms}
          rowKey={({ id }) => id}
          className="university-table"
        />
      ) : null}
    </Card>
  );
}
