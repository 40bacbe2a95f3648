// Starts one PostgreSQL for a whole run of vitest; a test file that is run without it starts its own.
import { startPostgres } from './postgres.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  process.env.TEST_POSTGRES_URL = postgres.url('DATABASE');
  return () => postgres.stop();
}
