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
    const heard = new Map(classes.map((one) => [one, one.ears[0]?.lastHeardAt ?? 0]));
    const overAt = performance.now();
    process.kill(victim, 'SIGKILL');
    // Chance decides whose it was: those who hear no more.
    const isSilent = (one: (typeof classes)[number]) => performance.now() - (one.ears[0]?.lastHeardAt ?? 0) > 300;
    const isReset = (one: (typeof classes)[number]) => isSilent(one) || (one.ears[0]?.longestGapMs ?? 0) > 300;
    await until(() => classes.some(isReset), 5000, 'a class notices that its worker is gone');
    const hit = classes.filter((one) => isReset(one) && heard.has(one));
    return { overAt, hit };
  },
};
