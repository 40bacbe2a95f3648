// The programmes of study, with the field that decides how much of them may be taught by distance.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Faculty, NewProgramme } from '../../../server/contract/catalogue.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { paged, universityKey } from './catalogue.ts';
import { EntrySection } from './EntrySection.tsx';
import { emptyEntry } from './entry.ts';
import { fieldName } from './fields-of-study.ts';
import { useSectionWords } from './useSectionWords.ts';

export default function Programmes({ faculties }: { readonly faculties: readonly Faculty[] }) {
  const { t } = useText();
  const words = useSectionWords('programme');
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const query = useInfiniteQuery({
    queryKey: [universityKey, 'programmes', search],
    queryFn: ({ pageParam, signal }) =>
      api(catalogueRoutes.programmes, { query: { search: search || undefined, after: pageParam }, signal }),
    ...paged,
  });
  return (
    <EntrySection
      words={words}
      query={query}
      rowsOf={({ programmes }) => programmes}
      typed={typed}
      onType={setTyped}
      nameOf={({ name }) => name}
      columns={[
        { id: 'code', title: t('university.field.code'), width: '9rem', cell: ({ code }) => code },
        { id: 'field', title: t('university.field.field'), cell: ({ field }) => fieldName(t, field) },
      ]}
      fields={['programme', 'programmeCode', 'facultyId', 'departmentId', 'field']}
      draftOf={({ name, code, facultyId, departmentId, field }) => ({
        ...emptyEntry,
        ...{ programme: name, programmeCode: code, facultyId, departmentId, field },
      })}
      faculties={faculties}
      send={({ programme, programmeCode, facultyId, departmentId, field }, row) => {
        const body = NewProgramme.parse({ name: programme, code: programmeCode, facultyId, departmentId, field });
        return row ? api(catalogueRoutes.changeProgramme, { params: { id: row.id }, body }) : api(catalogueRoutes.addProgramme, { body });
      }}
    />
  );
}
