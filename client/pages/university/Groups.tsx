// The academic groups, with the number of their members.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Faculty, Group } from '../../../server/contract/catalogue.ts';
import { FacultyId, ProgrammeId } from '../../../server/contract/ids.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddIcon, PeopleIcon } from '../../ui/icons.ts';
import { AddEntry } from './AddEntry.tsx';
import { CatalogueList, OpenButton } from './CatalogueList.tsx';
import { groupsQuery } from './catalogue.ts';
import { emptyEntry } from './entry.ts';
import { GroupDrawer } from './GroupDrawer.tsx';

export default function Groups({ faculties }: { readonly faculties: readonly Faculty[] }) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const groups = useInfiniteQuery(groupsQuery(useSettled(typed.trim())));
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Group | null>(null);
  const nameOf = new Map(faculties.map(({ id, name }) => [id, name]));
  const rows = groups.data?.pages.flatMap((page) => page.groups);
  const current = rows?.find(({ id }) => id === opened?.id) ?? opened;
  return (
    <>
      <CatalogueList
        label={t('university.groups')}
        columns={[
          {
            id: 'name',
            title: t('university.field.group'),
            isRowHeader: true,
            cell: (group) => <OpenButton name={group.name} onPress={() => setOpened(group)} />,
          },
          { id: 'size', title: t('university.group.members'), numeric: true, width: '9rem', cell: ({ size }) => size },
          { id: 'faculty', title: t('university.field.facultyId'), cell: ({ facultyId }) => nameOf.get(facultyId) ?? '–' },
        ]}
        rows={rows}
        rowKey={({ id }) => id}
        error={groups.error}
        retry={() => void groups.refetch()}
        search={{ label: t('university.group.search'), typed, onType: setTyped }}
        more={groups.hasNextPage ? { isPending: groups.isFetchingNextPage, load: () => void groups.fetchNextPage() } : undefined}
        addLabel={t('university.group.add')}
        onAdd={() => setAdding(true)}
        empty={
          <EmptyState
            icon={PeopleIcon}
            title={t('university.group.empty.title')}
            action={
              <Button icon={AddIcon} kind="primary" onPress={() => setAdding(true)}>
                {t('university.group.add')}
              </Button>
            }
          >
            {t('university.group.empty.text')}
          </EmptyState>
        }
      />
      {adding ? (
        <AddEntry
          title={t('university.group.add')}
          fields={['group', 'facultyId', 'programmeId']}
          first={{ ...emptyEntry, facultyId: faculties.length === 1 ? (faculties[0]?.id ?? null) : null }}
          faculties={faculties}
          send={({ facultyId, group, programmeId }) =>
            api(catalogueRoutes.addGroup, {
              body: {
                facultyId: FacultyId.parse(facultyId),
                name: group,
                programmeId: programmeId === null ? null : ProgrammeId.parse(programmeId),
              },
            })
          }
          done={({ group }) => t('university.added', { name: group })}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {current ? <GroupDrawer key={current.id} group={current} onClose={() => setOpened(null)} /> : null}
    </>
  );
}
