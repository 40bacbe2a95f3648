// Adds or changes days that are not as usual: holidays, examinations, practice, and days taught as another.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CalendarDay, CalendarDayKind, NewCalendarDay } from '../../../../server/contract/calendar.ts';
import { calendarRoutes } from '../../../../server/contract/routes-calendar.ts';
import { api } from '../../../app/api.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { useSession } from '../../../app/session.tsx';
import { useText } from '../../../i18n/index.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { facultiesQuery } from '../catalogue.ts';
import { useCalendarSave } from './calendar.ts';
import { SpanFields } from './SpanFields.tsx';
import { weekdayName, weekdays } from './weekdays.ts';

const everywhere = 'everywhere';
const weeks = ['own', 'odd', 'even'] as const;

export function DayForm({ day, onClose }: { readonly day: CalendarDay | null; readonly onClose: () => void }) {
  const { t, weekday } = useText();
  const { hasRole } = useSession();
  const faculties = useQuery(facultiesQuery);
  const [kind, setKind] = useState<CalendarDayKind>(day?.kind ?? 'holiday');
  const [name, setName] = useState(day?.name ?? '');
  const [span, setSpan] = useState({ first: day?.firstOn ?? '', last: day?.lastOn ?? '' });
  const [taughtAs, setTaughtAs] = useState(day?.taughtAs ?? { weekday: 1, week: 'own' as const });
  const [facultyId, setFacultyId] = useState<string>(day?.facultyId ?? everywhere);
  const draft = NewCalendarDay.safeParse({
    kind,
    name,
    firstOn: span.first,
    lastOn: span.last,
    taughtAs: kind === 'moved' ? taughtAs : null,
    facultyId: facultyId === everywhere ? null : facultyId,
  });
  const save = useCalendarSave(
    (body: NewCalendarDay) =>
      day ? api(calendarRoutes.changeDay, { params: { id: day.id }, body }) : api(calendarRoutes.addDay, { body }),
    t('app.saved'),
    onClose,
  );
  const removal = useCalendarSave(
    () => (day ? api(calendarRoutes.removeDay, { params: { id: day.id } }) : Promise.resolve()),
    t('calendar.removed'),
    onClose,
  );
  const where = [
    ...(hasRole('administrator') ? [{ id: everywhere, label: t('calendar.everywhere') }] : []),
    ...(faculties.data ?? []).map((faculty) => ({ id: String(faculty.id), label: faculty.name })),
  ];
  return (
    <FormDialog
      title={t(day ? 'calendar.day.edit' : 'calendar.day.add')}
      fault={draft.success ? undefined : t('calendar.fault.day')}
      error={save.error}
      conflict={t('calendar.conflict')}
      isPending={save.isPending}
      onSend={() => draft.success && save.mutate(draft.data)}
      onClose={onClose}
      remove={
        day
          ? {
              question: t('calendar.removeQuestion', { name: day.name }),
              send: () => removal.mutateAsync(undefined),
              error: removal.error,
            }
          : undefined
      }
    >
      <Select
        label={t('calendar.field.kind')}
        options={CalendarDayKind.options.map((id) => ({ id, label: t(`calendar.kind.${id}`), note: t(`calendar.kindNote.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TextField
        label={t('calendar.field.name')}
        help={t('calendar.day.nameHelp')}
        value={name}
        onChange={setName}
        maxLength={120}
        autoComplete="off"
      />
      <SpanFields first={span.first} last={span.last} onChange={setSpan} />
      {kind === 'moved' ? (
        <div className="calendar-pair">
          <Select
            label={t('calendar.field.taughtAs')}
            options={weekdays.map((id) => ({ id, label: weekdayName(weekday, id) }))}
            value={taughtAs.weekday}
            onChange={(chosen) => setTaughtAs({ ...taughtAs, weekday: chosen })}
          />
          <Select
            label={t('calendar.field.week')}
            options={weeks.map((id) => ({ id, label: t(`calendar.week.${id}`) }))}
            value={taughtAs.week}
            onChange={(week) => setTaughtAs({ ...taughtAs, week })}
          />
        </div>
      ) : null}
      <Select label={t('calendar.field.where')} options={where} value={facultyId} onChange={setFacultyId} />
    </FormDialog>
  );
}
