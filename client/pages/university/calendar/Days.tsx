// The days that are not as usual, in their order.
import { useQuery } from '@tanstack/react-query';
import type { CalendarDay } from '../../../../server/contract/calendar.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chip, type Tone } from '../../../ui/Chip.tsx';
import { AddIcon } from '../../../ui/icons.ts';
import { Table } from '../../../ui/Table.tsx';
import { OpenButton } from '../CatalogueList.tsx';
import { facultiesQuery } from '../catalogue.ts';
import { spanText } from './calendar.ts';
import { weekdayName } from './weekdays.ts';

const tones: Record<CalendarDay['kind'], Tone> = { holiday: 'good', examinations: 'warn', practice: 'info', moved: 'accent' };

type DaysProps = {
  readonly days: readonly CalendarDay[];
  /** Else only those of one's own faculty; the server decides. */
  readonly mayEditAll: boolean;
  readonly onDay: (day: CalendarDay | null) => void;
};

export function Days({ days, mayEditAll, onDay }: DaysProps) {
  const texts = useText();
  const { t, weekday } = texts;
  const faculties = useQuery(facultiesQuery);
  const nameOf = new Map(faculties.data?.map(({ id, name }) => [id, name]));
  const whatOf = (day: CalendarDay) =>
    day.taughtAs
      ? t('calendar.taughtAs', { weekday: weekdayName(weekday, day.taughtAs.weekday), week: t(`calendar.weekNote.${day.taughtAs.week}`) })
      : t(`calendar.kind.${day.kind}`);
  return (
    <Card
      title={t('calendar.days')}
      actions={
        <Button size="small" icon={AddIcon} onPress={() => onDay(null)}>
          {t('calendar.day.add')}
        </Button>
      }
    >
      {days.length === 0 ? <p className="university-note">{t('calendar.day.none')}</p> : null}
      {days.length > 0 ? (
        <Table
          label={t('calendar.days')}
          columns={[
            {
              id: 'name',
              title: t('calendar.field.name'),
              isRowHeader: true,
              cell: (day) => (mayEditAll || day.facultyId !== null ? <OpenButton name={day.name} onPress={() => onDay(day)} /> : day.name),
            },
            { id: 'span', title: t('calendar.dates'), cell: (day) => spanText(texts, day.firstOn, day.lastOn) },
            { id: 'kind', title: t('calendar.field.kind'), cell: (day) => <Chip tone={tones[day.kind]}>{whatOf(day)}</Chip> },
            {
              id: 'where',
              title: t('calendar.field.where'),
              cell: ({ facultyId }) => (facultyId === null ? t('calendar.everywhere') : (nameOf.get(facultyId) ?? '–')),
            },
          ]}
          rows={days.toSorted((a, b) => (a.firstOn < b.firstOn ? -1 : 1))}
          rowKey={({ id }) => id}
          className="university-table"
        />
      ) : null}
    </Card>
  );
}
