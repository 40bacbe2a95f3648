// The fields of each kind of change.

import type { Lesson } from '../../../../server/contract/timetable.ts';
import { TeachingMode } from '../../../../server/contract/timetable.ts';
import { instantAt, useText } from '../../../i18n/index.ts';
import { RadioGroup } from '../../../ui/RadioGroup.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FindField } from '../FindField.tsx';
import { FindMany } from '../FindMany.tsx';
import { moveStart } from '../new-lesson.ts';
import { TimeField } from '../TimeField.tsx';
import type { ChangeDraft, ChangeFault, ChangeType } from './draft.ts';

type ChangeFieldsProps = {
  readonly type: ChangeType;
  readonly draft: ChangeDraft;
  readonly lesson: Lesson;
  readonly onChange: (draft: ChangeDraft) => void;
  readonly faults: readonly ChangeFault[];
};

export function ChangeFields({ type, draft, lesson, onChange, faults }: ChangeFieldsProps) {
  const { t, date } = useText();
  const fault = (...mine: ChangeFault[]) => {
    const found = mine.find((one) => faults.includes(one));
    return found ? t(`timetable.fault.${found}`) : undefined;
  };
  const place = <FindField what="place" value={draft.place} onChange={(chosen) => onChange({ ...draft, place: chosen })} optional />;
  switch (type) {
    case 'substitute':
      return (
        <FindField
          what="teacher"
          label={t('timetable.change.substitute.who')}
          value={draft.teacher}
          onChange={(teacher) => onChange({ ...draft, teacher })}
          without={[lesson.teacher.id]}
          fault={fault('teacher', 'same')}
          help={t('timetable.change.substitute.now', { name: lesson.teacher.displayName })}
        />
      );
    case 'move':
      return (
        <>
          <div className="new-lesson-when">
            <TextField
              label={t('timetable.field.date')}
              type="date"
              value={draft.day}
              onChange={(day) => onChange({ ...draft, day })}
              // The browser writes the date in its own way; this is how it is meant.
              help={Number.isNaN(Date.parse(draft.day)) ? undefined : date(instantAt(draft.day), 'full')}
              fault={fault('date', 'past', 'same')}
              autoFocus
            />
            <TimeField
              label={t('timetable.field.start')}
              value={draft.start}
              onChange={(start) => onChange({ ...draft, ...moveStart(draft, start) })}
              fault={fault('start')}
            />
            <TimeField
              label={t('timetable.field.end')}
              value={draft.end}
              onChange={(end) => onChange({ ...draft, end })}
              fault={fault('length')}
            />
          </div>
          {lesson.mode === 'online' ? null : place}
        </>
      );
    case 'groups':
      return (
        <>
          <FindMany
            what="group"
            label={t('timetable.field.groups')}
            addLabel={t('timetable.new.groupAdd')}
            picked={draft.groups}
            onChange={(groups) => onChange({ ...draft, groups })}
            noneText={t('timetable.new.groupsNone')}
          />
          <Fault text={fault('same')} />
        </>
      );
    case 'place':
      return (
        <>
          <RadioGroup
            label={t('timetable.field.mode')}
            options={TeachingMode.options.map((id) => ({ id, label: t(`timetable.mode.${id}`) }))}
            value={draft.mode}
            onChange={(mode) => onChange({ ...draft, mode })}
            fault={fault('same')}
          />
          {draft.mode === 'online' ? null : place}
        </>
      );
    case 'rename':
      return (
        <TextField
          label={t('timetable.field.title')}
          value={draft.title}
          onChange={(title) => onChange({ ...draft, title })}
          fault={fault('title', 'same')}
          maxLength={200}
          autoComplete="off"
          autoFocus
        />
      );
    case 'cancel':
      return <p>{t('timetable.change.cancel.text')}</p>;
    case 'restore':
      return <p>{t('timetable.change.restore.text')}</p>;
  }
}

function Fault({ text }: { readonly text: string | undefined }) {
  return text ? (
    <p className="field-fault" role="alert">
      {text}
    </p>
  ) : null;
}
