// One group: its name and its members.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Group } from '../../../server/contract/catalogue.ts';
import { ProgrammeId } from '../../../server/contract/ids.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { SkeletonText } from '../../ui/Skeleton.tsx';
import { peopleKey } from './catalogue.ts';
import { EditEntry } from './EditEntry.tsx';
import { emptyEntry } from './entry.ts';
import { NamesForm } from './NamesForm.tsx';

export function GroupDrawer({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const { id, name } = group;
  const queryKey = peopleKey('group', id);
  const people = useQuery({ queryKey, queryFn: ({ signal }) => api(catalogueRoutes.groupMembers, { params: { id }, signal }), gcTime: 0 });
  return (
    <Drawer isOpen onOpenChange={(open) => !open && onClose()} title={name}>
      <EditEntry
        fields={['group', 'programmeId']}
        first={{ ...emptyEntry, facultyId: group.facultyId, programmeId: group.programmeId, group: name }}
        faculties={[]}
        send={({ group: called, programmeId }) =>
          api(catalogueRoutes.changeGroup, {
            params: { id },
            body: { name: called, programmeId: programmeId === null ? null : ProgrammeId.parse(programmeId) },
          })
        }
      />
      {people.isPending ? <SkeletonText lines={6} /> : null}
      {people.error ? <Banner tone="danger">{refusal(errorCode(people.error))}</Banner> : null}
      {people.data ? (
        <NamesForm
          title={t('university.group.members')}
          parts={[
            {
              id: 'members',
              label: t('university.group.names'),
              help: t('university.group.namesHelp'),
              members: people.data.members,
            },
          ]}
          send={async (names) => {
            const body = { signInNames: names('members') };
            client.setQueryData(queryKey, await api(catalogueRoutes.setGroupMembers, { params: { id }, body }));
          }}
        />
      ) : null}
    </Drawer>
  );
}
