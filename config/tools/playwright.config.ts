// How the tests in a real browser are run: one after the other, in the Chromium of the machine, with made-up cameras and microphones.
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const project = resolve(import.meta.dirname, '../..');

export default defineConfig({
  testDir: resolve(project, 'test/e2e'),
  testMatch: '**/*.test.ts',
  outputDir: resolve(project, 'test-results'),
  // A class of four pages fills two cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    permissions: ['camera', 'microphone'],
    launchOptions: {
      executablePath: process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
});
