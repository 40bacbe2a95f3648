// The streams: groups that are taught together.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Faculty, NewStream } from '../../../server/contract/catalogue.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { paged, universityKey } from './catalogue.ts';
import { EntrySection } from './EntrySection.tsx';
import { emptyEntry } from './entry.ts';
import { useSectionWords } from './useSectionWords.ts';

export default function Streams({ faculties }: { readonly faculties: readonly Faculty[] }) {
  const { t } = useText();
  const words = useSectionWords('stream');
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const query = useInfiniteQuery({
    queryKey: [universityKey, 'streams', search],
    queryFn: ({ pageParam, signal }) => api(catalogueRoutes.streams, { query: { search: search || undefined, after: pageParam }, signal }),
    ...paged,
  });
  return (
    <EntrySection
      words={words}
      query={query}
      rowsOf={({ streams }) => streams}
      typed={typed}
      onType={setTyped}
      nameOf={({ name }) => name}
      columns={[{ id: 'groups', title: t('university.groups'), cell: ({ groups }) => groups.map(({ name }) => name).join(', ') }]}
      fields={['stream', 'facultyId', 'groups']}
      draftOf={({ name, facultyId, groups }) => ({
        ...emptyEntry,
        ...{ stream: name, facultyId, groups: groups.map((group) => ({ ...group, detail: '' })) },
      })}
      faculties={faculties}
      send={({ stream, facultyId, groups }, row) => {
        const body = NewStream.parse({ name: stream, facultyId, groupIds: groups.map(({ id }) => id) });
        return row ? api(catalogueRoutes.changeStream, { params: { id: row.id }, body }) : api(catalogueRoutes.addStream, { body });
      }}
      remove={({ id }) => api(catalogueRoutes.removeStream, { params: { id } })}
    />
  );
}
