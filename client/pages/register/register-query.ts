// Asks for a register and changes it: every change answers with the register as it is then.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { NewCorrection, Register } from '../../../server/contract/attendance.ts';
import type { LessonId, PersonId } from '../../../server/contract/ids.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../app/api.ts';
import { announce } from '../../ui/live.ts';

const askAgainMs = 10_000;

export const registerKey = (id: LessonId) => ['register', id];

export function registerQuery(id: LessonId) {
  return queryOptions({
    queryKey: registerKey(id),
    queryFn: ({ signal }) => api(recordsRoutes.register, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.final ? false : askAgainMs),
    refetchOnWindowFocus: 'always',
  });
}

/** `said` is announced when it is done. A conflict loads the register again, so that one looks at what it is now. */
function useChange<Draft>(id: LessonId, send: (draft: Draft) => Promise<Register>, said: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (register) => {
      client.setQueryData(registerKey(id), register);
      announce(said);
      onDone();
    },
    onError: (error) => {
      if (errorCode(error) === 'conflict') void client.invalidateQueries({ queryKey: registerKey(id) });
    },
  });
}

export function useCorrection(id: LessonId, said: string, onDone: () => void) {
  return useChange(
    id,
    ({ personId, body }: { readonly personId: PersonId; readonly body: NewCorrection }) =>
      api(recordsRoutes.correctRegister, { params: { id, personId }, body }),
    said,
    onDone,
  );
}

export function useSigning(id: LessonId, said: string, onDone: () => void) {
  return useChange(id, (digest: string) => api(recordsRoutes.signRegister, { params: { id }, body: { digest } }), said, onDone);
}

export function useReopening(id: LessonId, said: string, onDone: () => void) {
  return useChange(id, (reason: string) => api(recordsRoutes.reopenRegister, { params: { id }, body: { reason } }), said, onDone);
}
