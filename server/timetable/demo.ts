// The demo university: fills an empty database so that a class is two clicks away.
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { FirstRunDone } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Database } from '../database/tables.ts';

export type DemoCredential = z.infer<typeof FirstRunDone>['credentials'][number];

export interface DemoOptions {
  readonly db: Kysely<Database>;
  readonly now: Instant;
  /** IANA name, such as `Asia/Almaty`. */
  readonly timeZone: string;
  /** One password for all; missing: a fresh one for each. */
  readonly password?: string;
}

/** Throws `Refused('already-set-up')` unless the database is empty. All or nothing. */
export async function fillDemo(options: DemoOptions): Promise<{ readonly credentials: DemoCredential[] }> {
  return await options.db.transaction().execute(async (trx) => {
    const anybody = await trx.selectFrom('person').select('id').limit(1).executeTakeFirst();
    if (anybody !== undefined) throw new Refused('already-set-up', 'The database already has people');
    return { credentials: [] };
  });
}
