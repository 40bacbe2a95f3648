// The physical rooms, by building.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { paged, universityKey } from './catalogue.ts';
import { EntrySection } from './EntrySection.tsx';
import { emptyEntry, wholeNumber } from './entry.ts';
import { useSectionWords } from './useSectionWords.ts';

export default function Places() {
  const { t } = useText();
  const words = useSectionWords('place');
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const query = useInfiniteQuery({
    queryKey: [universityKey, 'places', search],
    queryFn: ({ pageParam, signal }) => api(catalogueRoutes.places, { query: { search: search || undefined, after: pageParam }, signal }),
    ...paged,
  });
  return (
    <EntrySection
      words={words}
      query={query}
      rowsOf={({ places }) => places}
      typed={typed}
      onType={setTyped}
      nameOf={({ name }) => name}
      columns={[
        { id: 'building', title: t('university.field.building'), cell: ({ building }) => building },
        { id: 'capacity', title: t('university.field.capacity'), numeric: true, cell: ({ capacity }) => capacity ?? '–' },
      ]}
      fields={['place', 'building', 'capacity']}
      draftOf={({ name, building, capacity }) => ({
        ...emptyEntry,
        ...{ place: name, building, capacity: capacity === null ? '' : String(capacity) },
      })}
      faculties={[]}
      send={({ place, building, capacity }, row) => {
        const body = { name: place, building, capacity: wholeNumber(capacity) };
        return row ? api(catalogueRoutes.changePlace, { params: { id: row.id }, body }) : api(catalogueRoutes.addPlace, { body });
      }}
    />
  );
}
