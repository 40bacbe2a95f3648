// Changes a person and lets the rest of the client know.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Person, PersonChange } from '../../../server/contract/identity.ts';
import { peopleRoutes } from '../../../server/contract/routes-people.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';

export function useChangePerson(person: Person, onChanged: (person: Person) => void) {
  const client = useQueryClient();
  const session = useSession();
  return useMutation({
    mutationFn: (change: PersonChange) => api(peopleRoutes.changePerson, { params: { id: person.id }, body: change }),
    onSuccess: async (changed) => {
      onChanged(changed);
      if (changed.id === session.person?.id) session.changed(changed);
      await client.invalidateQueries({ queryKey: ['people'] });
    },
  });
}

/** The server answers so when nobody would be left to administer it. */
export function leavesNoAdministrator(error: Error): boolean {
  return errorCode(error) === 'conflict';
}
