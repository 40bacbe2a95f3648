// How the tests without a browser are run: four projects, told apart by what they need.
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const project = resolve(import.meta.dirname, '../..');
/** The stores' tests share one PostgreSQL. */
const sharedPostgres = 'test/contract/postgres.global.ts';

export default defineConfig({
  root: project,
  // Not client/: its Vite configuration is for browsers.
  cacheDir: resolve(project, 'node_modules/.vitest'),
  test: {
    passWithNoTests: true,
    silent: 'passed-only',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,client,config}/**/*.test.{ts,tsx}', 'test/bench/**/*.test.ts'],
          globalSetup: sharedPostgres,
        },
      },
      {
        extends: true,
        test: { name: 'scenario', include: ['test/{scenarios,fuzz}/**/*.test.ts'], testTimeout: 30_000, globalSetup: sharedPostgres },
      },
      {
        extends: true,
        test: {
          ...{ name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
          globalSetup: sharedPostgres,
        },
      },
      { extends: true, test: { name: 'media', include: ['test/media/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
});
