// The fields of a new lesson.
import { LessonKind, TeachingMode } from '../../../server/contract/timetable.ts';
import { useSession } from '../../app/session.tsx';
import { addDays, instantAt, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { ButtonLink } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FindField } from './FindField.tsx';
import { FindMany } from './FindMany.tsx';
import { type Choices, type Draft, type DraftFault, moveStart, times } from './new-lesson.ts';
import { RulesFields } from './RulesFields.tsx';
import { TimeField } from './TimeField.tsx';

type NewLessonFieldsProps = {
  readonly choices: Choices;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly faults: readonly DraftFault[];
};

export function NewLessonFields({ choices, draft, onChange, faults }: NewLessonFieldsProps) {
  const { t, date } = useText();
  const { hasRole } = useSession();
  const arranges = hasRole('administrator', 'coordinator');
  const span = times(draft);
  const fault = (...mine: DraftFault[]) => {
    const found = mine.find((one) => faults.includes(one));
    return found ? t(`timetable.fault.${found}`) : undefined;
  };
  if (choices.courses.length === 0) {
    return (
      <Banner
        tone="warn"
        action={arranges ? <ButtonLink href="/university?view=courses">{t('timetable.new.toUniversity')}</ButtonLink> : undefined}
      >
        {t('timetable.new.nothingToChoose')}
      </Banner>
    );
  }
  return (
    <>
      <FindField what="course" value={draft.course} onChange={(course) => onChange({ ...draft, course })} fault={fault('course')} />
      <div className="new-lesson-pair">
        <TextField
          label={t('timetable.field.title')}
          value={draft.title}
          onChange={(title) => onChange({ ...draft, title })}
          help={t('timetable.new.titleHelp')}
          fault={fault('title')}
          maxLength={200}
          autoComplete="off"
        />
        <Select
          label={t('timetable.field.kind')}
          options={LessonKind.options.map((id) => ({ id, label: t(`timetable.kind.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind, rules: null })}
        />
      </div>
      <div className="new-lesson-when">
        <TextField
          label={t('timetable.field.date')}
          type="date"
          value={draft.day}
          onChange={(day) => onChange({ ...draft, day })}
          // The browser writes the date in its own way; this is how it is meant.
          help={span ? date(span.startsAt, 'full') : undefined}
          fault={fault('date', 'past')}
        />
        <TimeField
          label={t('timetable.field.start')}
          value={draft.start}
          onChange={(start) => onChange(moveStart(draft, start))}
          fault={fault('start')}
        />
        <TimeField
          label={t('timetable.field.end')}
          value={draft.end}
          onChange={(end) => onChange({ ...draft, end })}
          fault={fault('length')}
        />
      </div>
      {span?.overnight ? (
        <p className="drawer-note">{t('timetable.new.nextDay', { date: date(instantAt(addDays(draft.day, 1)), 'day') })}</p>
      ) : null}
      {choices.teachers.length === 0 ? (
        <Banner
          tone="warn"
          action={hasRole('administrator') ? <ButtonLink href="/people">{t('timetable.new.toPeople')}</ButtonLink> : undefined}
        >
          {t('timetable.new.noTeachers')}
        </Banner>
      ) : null}
      {arranges ? (
        <FindField what="teacher" value={draft.teacher} onChange={(teacher) => onChange({ ...draft, teacher })} fault={fault('teacher')} />
      ) : null}
      <FindMany
        what="group"
        label={t('timetable.field.groups')}
        addLabel={t('timetable.new.groupAdd')}
        picked={draft.groups}
        onChange={(groups) => onChange({ ...draft, groups })}
        noneText={t('timetable.new.groupsNone')}
      />
      <div className="new-lesson-halves">
        <RadioGroup
          label={t('timetable.field.mode')}
          options={TeachingMode.options.map((id) => ({ id, label: t(`timetable.mode.${id}`) }))}
          value={draft.mode}
          onChange={(mode) => onChange({ ...draft, mode })}
        />
        {draft.mode === 'online' ? null : (
          <FindField what="place" value={draft.place} onChange={(place) => onChange({ ...draft, place })} optional />
        )}
      </div>
      <RulesFields
        usual={choices.defaults[draft.kind]}
        rules={draft.rules}
        onChange={(rules) => onChange({ ...draft, rules })}
        capacityFault={fault('capacity')}
      />
    </>
  );
}
