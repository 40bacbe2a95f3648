// Starts one PostgreSQL for a whole run of vitest; a test file that is run without it starts its own.
import { startPostgresWithTables } from './postgres.ts';

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Every project asks for it, and one is enough for all.
  if (process.env.TEST_POSTGRES_URL) return undefined;
  const postgres = await startPostgresWithTables();
  process.env.TEST_POSTGRES_URL = postgres.url('DATABASE');
  return () => postgres.stop();
}
