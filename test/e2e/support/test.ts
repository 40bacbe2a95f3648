// The test function of these tests: with a server of its own and visitors who are gone when the test is over.
import { test as base, type TestInfo } from '@playwright/test';
import { Line } from './line.ts';
import { ServerProcess } from './server-process.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

interface Campus {
  /** A whole server with the demo university, whose class of "teacher" runs now. */
  readonly server: ServerProcess;
  /** A whole server on an empty database. */
  readonly emptyServer: ServerProcess;
  /** Opens a browser of a person of their own, at a server or at the end of a line. */
  readonly visitor: (at: { readonly url: string }, options?: VisitorOptions) => Promise<Visitor>;
  /** A line to the demo university that can be cut. */
  readonly line: Line;
}

export const test = base.extend<Campus>({
  actionTimeout: 30_000,
  // Filming four pages while they encode and decode would cost more than the class itself.
  trace: { mode: 'retain-on-failure', screenshots: false },
  server: async ({ browserName: _ }, use, testInfo) => {
    const server = await ServerProcess.openDemo();
    await use(server);
    await endOf(server, testInfo);
  },
  emptyServer: async ({ browserName: _ }, use, testInfo) => {
    const server = await ServerProcess.openEmpty();
    await use(server);
    await endOf(server, testInfo);
  },
  line: async ({ server }, use) => {
    const line = await Line.open(server.url);
    await use(line);
    line.close();
  },
  visitor: async ({ browser }, use) => {
    const opened: Visitor[] = [];
    await use(async ({ url }, options) => {
      const visitor = await Visitor.open(browser, url, options);
      opened.push(visitor);
      return visitor;
    });
    for (const { context } of opened) await context.close();
  },
});

async function endOf(server: ServerProcess, testInfo: TestInfo): Promise<void> {
  if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server.txt', { body: await server.log() });
  await server.close();
}

export { expect } from '@playwright/test';
