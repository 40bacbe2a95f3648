// The clashes that a refusal of the server names.
import { Conflicts } from '../../../server/contract/planning.ts';
import { ApiError } from '../../app/api.ts';

export function clashesOf(error: unknown): ReturnType<typeof Conflicts.parse> | undefined {
  if (!(error instanceof ApiError) || error.code !== 'clash') return undefined;
  const { conflicts = [], total } = error.details ?? {};
  const read = Conflicts.safeParse({ conflicts, total: total ?? (Array.isArray(conflicts) ? conflicts.length : 0) });
  return read.success ? read.data : undefined;
}
