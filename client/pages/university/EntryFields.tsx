// The fields of something of the catalogue, with what the server has against them.
import type { ReactNode } from 'react';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FindMany } from '../timetable/FindMany.tsx';
import { DepartmentChoice, FieldChoice, ProgrammeChoice } from './BelongsTo.tsx';
import { type EntryField, mostLetters, optionalFields } from './entry.ts';
import type { EntryForm } from './useEntryForm.ts';
import '../timetable/lesson.css';
import '../timetable/NewLessonDialog.css';

type EntryFormProps = {
  readonly form: EntryForm;
  readonly faculties: readonly Faculty[];
  readonly onSend: () => void;
  readonly children?: ReactNode;
};

export function EntryFormFields({ form, faculties, onSend, children }: EntryFormProps) {
  return (
    <form
      id={form.id}
      className="university-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit(onSend);
      }}
    >
      {form.fields.map((field) => (
        <Input key={field} field={field} form={form} faculties={faculties} />
      ))}
      {form.fault ? (
        <Banner tone="danger" announce="assertive">
          {form.fault}
        </Banner>
      ) : null}
      {children}
    </form>
  );
}

type InputProps = { readonly field: EntryField; readonly form: EntryForm; readonly faculties: readonly Faculty[] };

function Input({ field, form, faculties }: InputProps) {
  const { t } = useText();
  const { draft, setDraft, faults } = form;
  switch (field) {
    case 'facultyId':
      return (
        <Select
          label={t('university.field.facultyId')}
          options={faculties.map(({ id, name }) => ({ id: String(id), label: name }))}
          value={draft.facultyId}
          // What belongs to another faculty cannot stay chosen.
          onChange={(facultyId) => setDraft({ ...draft, facultyId, departmentId: null, programmeId: null })}
          placeholder={t('university.field.facultyChoose')}
          fault={faults.facultyId}
        />
      );
    case 'departmentId':
      return <DepartmentChoice form={form} />;
    case 'programmeId':
      return <ProgrammeChoice form={form} />;
    case 'field':
      return <FieldChoice form={form} />;
    case 'groups':
      return (
        <FindMany
          what="group"
          label={t('university.groups')}
          addLabel={t('timetable.find.group')}
          picked={draft.groups}
          onChange={(groups) => setDraft({ ...draft, groups })}
          noneText={faults.groups ?? t('university.stream.noGroups')}
        />
      );
    default:
      return (
        <TextField
          name={field}
          label={t(`university.field.${field}`)}
          help={t(`university.field.${field}Help`)}
          value={draft[field]}
          onChange={(value) => setDraft({ ...draft, [field]: value })}
          fault={faults[field]}
          optional={optionalFields.has(field)}
          inputMode={numbers.has(field) ? 'numeric' : 'text'}
          maxLength={mostLetters[field]}
          autoComplete="off"
        />
      );
  }
}

const numbers: ReadonlySet<EntryField> = new Set(['credits', 'plannedHours', 'capacity']);
