// Plans a single lesson: what, when, for whom, and how its room behaves.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { routes } from '../../../server/contract/http.ts';
import type { Person } from '../../../server/contract/identity.ts';
import { LessonKind } from '../../../server/contract/timetable.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { addDays, instantAt, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { ComboBox } from '../../ui/ComboBox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';
import { Select } from '../../ui/Select.tsx';
import { SkeletonText } from '../../ui/Skeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { GroupChoice } from './GroupChoice.tsx';
import { type Choices, type Draft, type DraftFault, emptyDraft, faultsOf, moveStart, times, toSend } from './new-lesson.ts';
import { RulesFields } from './RulesFields.tsx';
import { TimeField } from './TimeField.tsx';
import { choicesQuery, lessonsKey } from './useLessons.ts';
import './NewLessonDialog.css';

type NewLessonDialogProps = {
  readonly day: string;
  readonly now: number;
  readonly person: Person;
  readonly onClose: () => void;
  readonly onAdded: (day: string) => void;
};

export function NewLessonDialog({ day, now, person, onClose, onAdded }: NewLessonDialogProps) {
  const { t, refusal } = useText();
  const form = useId();
  const client = useQueryClient();
  const choices = useQuery(choicesQuery);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(day, now, person.roles.includes('teacher') ? person.id : null));
  const [looked, setLooked] = useState(false);
  const faults = faultsOf(draft, now);
  const add = useMutation({
    mutationFn: async () => {
      const body = toSend(draft);
      if (!body) throw new Error('The draft is not complete');
      return api(routes.addLesson, { body });
    },
    onSuccess: async () => {
      announce(t('timetable.new.added'));
      await client.invalidateQueries({ queryKey: [lessonsKey] });
      onAdded(draft.day);
    },
  });
  const submit = () => {
    setLooked(true);
    if (faults.length === 0) return add.mutate();
    // After the faults are drawn, the first of them is where one goes on.
    setTimeout(() => document.getElementById(form)?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus());
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      // A click beside it must not throw away what was filled in.
      isDismissable={false}
      size="wide"
      title={t('timetable.new.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={add.isPending} isDisabled={!choices.data?.courses.length}>
            {t('timetable.new.add')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="new-lesson"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {choices.isPending ? <SkeletonText lines={6} /> : null}
        {choices.data ? <Fields choices={choices.data} draft={draft} onChange={setDraft} faults={looked ? faults : []} /> : null}
        {(choices.error ?? add.error) ? (
          <Banner tone="danger" announce="assertive">
            {refusal(errorCode(choices.error ?? add.error))}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}

type FieldsProps = {
  readonly choices: Choices;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly faults: readonly DraftFault[];
};

function Fields({ choices, draft, onChange, faults }: FieldsProps) {
  const { t, date } = useText();
  const { hasRole, person } = useSession();
  const span = times(draft);
  const fault = (...mine: DraftFault[]) => {
    const found = mine.find((one) => faults.includes(one));
    return found ? t(`timetable.fault.${found}`) : undefined;
  };
  if (choices.courses.length === 0) {
    const mayArrange = hasRole('administrator', 'coordinator');
    return (
      <Banner
        tone="warn"
        action={mayArrange ? <ButtonLink href="/university?view=courses">{t('timetable.new.toUniversity')}</ButtonLink> : undefined}
      >
        {t('timetable.new.nothingToChoose')}
      </Banner>
    );
  }
  return (
    <>
      <ComboBox
        label={t('timetable.field.course')}
        options={choices.courses.map(({ id, title, code }) => ({ id, label: `${title} · ${code}` }))}
        value={draft.courseId}
        onChange={(courseId) => onChange({ ...draft, courseId })}
        fault={fault('course')}
        empty={t('timetable.new.noMatch')}
      />
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
      {choices.teachers.some(({ id }) => id !== person?.id) ? (
        <ComboBox
          label={t('timetable.field.teacher')}
          options={choices.teachers.map(({ id, displayName }) => ({ id, label: displayName }))}
          value={draft.teacherId}
          onChange={(teacherId) => onChange({ ...draft, teacherId })}
          fault={fault('teacher')}
          empty={t('timetable.new.noMatch')}
        />
      ) : null}
      <GroupChoice groups={choices.groups} chosen={draft.groupIds} onChange={(groupIds) => onChange({ ...draft, groupIds })} />
      <RulesFields
        usual={choices.defaults[draft.kind]}
        rules={draft.rules}
        onChange={(rules) => onChange({ ...draft, rules })}
        capacityFault={fault('capacity')}
      />
    </>
  );
}
