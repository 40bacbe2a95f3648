// The choices of what something belongs to: a department, a programme, a field of study.
import { useQuery } from '@tanstack/react-query';
import { FacultyId } from '../../../server/contract/ids.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Select } from '../../ui/Select.tsx';
import { universityKey } from './catalogue.ts';
import { fieldName } from './fields-of-study.ts';
import type { EntryForm } from './useEntryForm.ts';

const none = 'none';
/** A faculty has fewer than one answer holds. */
const most = 200;

export function DepartmentChoice({ form: { draft, setDraft } }: { readonly form: EntryForm }) {
  const { t } = useText();
  const facultyId = FacultyId.safeParse(draft.facultyId).data;
  const { data } = useQuery({
    queryKey: [universityKey, 'departments-of', facultyId],
    queryFn: ({ signal }) => api(catalogueRoutes.departments, { query: { facultyId, limit: most }, signal }),
    enabled: facultyId !== undefined,
  });
  return (
    <Select
      label={t('university.field.departmentId')}
      options={[
        { id: none, label: t('university.field.none') },
        ...(data?.departments ?? []).map(({ id, name }) => ({ id: String(id), label: name })),
      ]}
      value={draft.departmentId ?? none}
      onChange={(id) => setDraft({ ...draft, departmentId: id === none ? null : id })}
    />
  );
}

export function ProgrammeChoice({ form: { draft, setDraft } }: { readonly form: EntryForm }) {
  const { t } = useText();
  const facultyId = FacultyId.safeParse(draft.facultyId).data;
  const { data } = useQuery({
    queryKey: [universityKey, 'programmes-of', facultyId],
    queryFn: ({ signal }) => api(catalogueRoutes.programmes, { query: { facultyId, limit: most }, signal }),
    enabled: facultyId !== undefined,
  });
  return (
    <Select
      label={t('university.field.programmeId')}
      options={[
        { id: none, label: t('university.field.none') },
        ...(data?.programmes ?? []).map(({ id, code, name }) => ({ id: String(id), label: name, note: code })),
      ]}
      value={draft.programmeId ?? none}
      onChange={(id) => setDraft({ ...draft, programmeId: id === none ? null : id })}
    />
  );
}

/** Which share of distance teaching is allowed follows from it. */
export function FieldChoice({ form: { draft, setDraft, faults } }: { readonly form: EntryForm }) {
  const { t, number } = useText();
  const { data } = useQuery({
    queryKey: [universityKey, 'fields'],
    queryFn: ({ signal }) => api(catalogueRoutes.programmes, { query: { limit: 1 }, signal }),
  });
  return (
    <Select
      label={t('university.field.field')}
      help={t('university.field.fieldHelp')}
      options={(data?.fields ?? []).map(({ field, percent }) => ({
        id: field,
        label: fieldName(t, field),
        note: t('university.field.limit', { percent: number(percent) }),
      }))}
      value={draft.field}
      onChange={(field) => setDraft({ ...draft, field })}
      placeholder={t('university.field.choose')}
      fault={faults.field}
    />
  );
}
