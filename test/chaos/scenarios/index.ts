// All scenarios, in the order in which they run.
import type { Scenario } from '../scenario.ts';
import { databaseAway } from './database-away.ts';
import { databaseLocked } from './database-locked.ts';
import { databaseRestarted } from './database-restarted.ts';
import { serverKilled } from './server-killed.ts';
import { workerKilled } from './worker-killed.ts';

export function scenariosFor({ isQuick }: { readonly isQuick: boolean }): readonly Scenario[] {
  return [workerKilled, serverKilled, databaseLocked(isQuick ? 6000 : 20_000), databaseRestarted, databaseAway(isQuick ? 8000 : 60_000)];
}
