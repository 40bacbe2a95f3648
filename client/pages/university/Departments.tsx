// The departments of the faculties.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { FacultyId } from '../../../server/contract/ids.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { paged, universityKey } from './catalogue.ts';
import { EntrySection } from './EntrySection.tsx';
import { emptyEntry } from './entry.ts';
import { useSectionWords } from './useSectionWords.ts';

export default function Departments({ faculties }: { readonly faculties: readonly Faculty[] }) {
  const { t } = useText();
  const words = useSectionWords('department');
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const query = useInfiniteQuery({
    queryKey: [universityKey, 'departments', search],
    queryFn: ({ pageParam, signal }) =>
      api(catalogueRoutes.departments, { query: { search: search || undefined, after: pageParam }, signal }),
    ...paged,
  });
  const facultyName = new Map(faculties.map(({ id, name }) => [id, name]));
  return (
    <EntrySection
      words={words}
      query={query}
      rowsOf={({ departments }) => departments}
      typed={typed}
      onType={setTyped}
      nameOf={({ name }) => name}
      columns={[{ id: 'faculty', title: t('university.field.facultyId'), cell: ({ facultyId }) => facultyName.get(facultyId) ?? '–' }]}
      fields={['department', 'facultyId']}
      draftOf={({ name, facultyId }) => ({ ...emptyEntry, department: name, facultyId })}
      faculties={faculties}
      send={({ department, facultyId }, row) => {
        const body = { name: department, facultyId: FacultyId.parse(facultyId) };
        return row ? api(catalogueRoutes.changeDepartment, { params: { id: row.id }, body }) : api(catalogueRoutes.addDepartment, { body });
      }}
    />
  );
}
