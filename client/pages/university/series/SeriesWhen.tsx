// When a weekly pattern is held: the weekday, the weeks, the bells or the clock, and perhaps only a part of the term.
import { useText } from '../../../i18n/index.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { TimeField } from '../../timetable/TimeField.tsx';
import { weekdayName, weekdays } from '../calendar/weekdays.ts';
import type { SeriesFieldsProps } from './SeriesFields.tsx';
import { bellText, readWeeks } from './series.ts';

const weeks = ['every', 'odd', 'even', 'numbers'] as const;

export function SeriesWhen({ draft, calendar, onChange }: SeriesFieldsProps) {
  const { t, weekday } = useText();
  const schedule = calendar.schedules.find(({ id }) => id === draft.scheduleId) ?? calendar.schedules[0];
  const bells = schedule?.bells ?? [];
  const bellOptions = bells.map(({ number }) => ({ id: number, label: bellText(bells, number) }));
  return (
    <fieldset className="university-fieldset series-when">
      <legend>{t('series.when')}</legend>
      <div className="calendar-pair">
        <Select
          label={t('series.weekday')}
          options={weekdays.map((id) => ({ id, label: weekdayName(weekday, id) }))}
          value={weekdays.find((id) => id === draft.weekday) ?? null}
          onChange={(chosen) => onChange({ ...draft, weekday: chosen })}
        />
        <Select
          label={t('series.weeks')}
          options={weeks.map((id) => ({ id, label: t(`series.weeks.${id}`) }))}
          value={draft.weeks}
          onChange={(chosen) => onChange({ ...draft, weeks: chosen })}
        />
      </div>
      {draft.weeks === 'numbers' ? (
        <TextField
          label={t('series.numbers')}
          help={t('series.numbersHelp')}
          value={draft.numbers}
          onChange={(numbers) => onChange({ ...draft, numbers })}
          fault={draft.numbers !== '' && readWeeks(draft.numbers) === undefined ? t('series.numbersFault') : undefined}
          autoComplete="off"
        />
      ) : null}
      {calendar.schedules.length > 0 ? (
        <Segmented
          label={t('series.by')}
          options={(['bell', 'clock'] as const).map((id) => ({ id, label: t(`series.by.${id}`) }))}
          value={draft.by}
          onChange={(by) => onChange({ ...draft, by, scheduleId: draft.scheduleId ?? schedule?.id ?? null })}
        />
      ) : null}
      {draft.by === 'bell' ? (
        <div className="calendar-pair">
          {calendar.schedules.length > 1 ? (
            <Select
              label={t('calendar.bells')}
              options={calendar.schedules.map(({ id, name }) => ({ id: String(id), label: name }))}
              value={schedule ? String(schedule.id) : null}
              onChange={(scheduleId) => onChange({ ...draft, scheduleId })}
            />
          ) : null}
          <Select
            label={t('series.first')}
            options={bellOptions}
            value={draft.first}
            onChange={(first) => onChange({ ...draft, first, last: Math.max(first, draft.last) })}
          />
          <Select
            label={t('series.last')}
            options={bellOptions.filter(({ id }) => id >= draft.first)}
            value={Math.max(draft.first, draft.last)}
            onChange={(last) => onChange({ ...draft, last })}
          />
        </div>
      ) : (
        <div className="calendar-pair">
          <TimeField
            label={t('timetable.field.start')}
            value={draft.startsAt}
            onChange={(startsAt) => onChange({ ...draft, startsAt })}
            fault={undefined}
          />
          <TimeField
            label={t('timetable.field.end')}
            value={draft.endsAt}
            onChange={(endsAt) => onChange({ ...draft, endsAt })}
            fault={undefined}
          />
        </div>
      )}
      <details>
        <summary>{t('series.part')}</summary>
        <div className="calendar-pair">
          <TextField
            label={t('calendar.field.first')}
            type="date"
            optional
            value={draft.fromOn}
            onChange={(fromOn) => onChange({ ...draft, fromOn })}
          />
          <TextField
            label={t('calendar.field.last')}
            type="date"
            optional
            value={draft.untilOn}
            onChange={(untilOn) => onChange({ ...draft, untilOn })}
          />
        </div>
      </details>
    </fieldset>
  );
}
