// A media worker dies: its classes hear and see again on another, and those on other workers notice nothing.
import type { Scenario } from '../scenario.ts';
import { until } from '../support/class.ts';

export const workerKilled: Scenario = {
  name: 'worker-killed',
  says: 'a media worker is killed',
  databases: ['sqlite'],
  touches: 'the-struck',
  silenceMs: 5000,
  async strike({ server, random }, classes) {
    const workers = await server.workers();
    const victim = workers[random.below(workers.length)];
    if (victim === undefined) throw new Error('The server has no media worker');
    const resetsOf = (one: (typeof classes)[number]) => one.ears.reduce((sum, { resets }) => sum + resets, 0);
    const before = new Map(classes.map((one) => [one, resetsOf(one)]));
    const overAt = performance.now();
    process.kill(victim, 'SIGKILL');
    // Chance decides whose it was; they may be back sooner than a silence could be heard.
    const isReset = (one: (typeof classes)[number]) => resetsOf(one) > (before.get(one) ?? 0);
    await until(() => classes.some(isReset), 5000, 'a class notices that its worker is gone');
    const hit = classes.filter(isReset);
    return { overAt, hit };
  },
};
