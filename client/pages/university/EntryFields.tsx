// The fields of a faculty, course or group, with what the server has against them.
import type { ReactNode } from 'react';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { type EntryField, mostLetters } from './entry.ts';
import type { EntryForm } from './useEntryForm.ts';

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

function Input({ field, form: { draft, setDraft, faults }, faculties }: InputProps) {
  const { t } = useText();
  if (field === 'facultyId') {
    return (
      <Select
        label={t('university.field.facultyId')}
        options={faculties.map(({ id, name }) => ({ id: String(id), label: name }))}
        value={draft.facultyId}
        onChange={(facultyId) => setDraft({ ...draft, facultyId })}
        placeholder={t('university.field.facultyChoose')}
        fault={faults.facultyId}
      />
    );
  }
  return (
    <TextField
      name={field}
      label={t(`university.field.${field}`)}
      help={t(`university.field.${field}Help`)}
      value={draft[field]}
      onChange={(value) => setDraft({ ...draft, [field]: value })}
      fault={faults[field]}
      maxLength={mostLetters[field]}
      autoComplete="off"
    />
  );
}
