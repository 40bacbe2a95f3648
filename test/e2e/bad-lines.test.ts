// A class over a really bad line, between hosts in networks of their own; only where this machine lets us make them.
import { resolve } from 'node:path';
import { soundBetween } from '../bench/lines/figures.ts';
import { LineClass } from '../bench/lines/line-class.ts';
import { whyNoNetworks } from '../support/net/programs.ts';
import { expect, test } from './support/test.ts';

const why = whyNoNetworks();
const patience = { timeout: 60_000 };

test.setTimeout(240_000);
test.skip(why !== null, why ?? '');

test('L23, L24, L26 of a line that loses a fifth nearly all sound arrives, and after a cut it goes on over the same connections', async ({
  browserName: _,
}, testInfo) => {
  const lesson = await LineClass.open(resolve(import.meta.dirname, '../..'), testInfo.outputPath('server.txt'));
  const { student, teacher } = lesson;
  try {
    const known = await student.visitor.connections();
    const packets = async () => Math.max(0, ...(await student.visitor.voices()).map((voice) => voice.packets));
    const [first, began] = [await packets(), performance.now()];
    await expect.poll(packets, patience).toBeGreaterThan(first + 60);
    const perSecond = ((await packets()) - first) / ((performance.now() - began) / 1000);
    expect(perSecond, 'L26').toBeLessThan(32);

    student.line.set({ delayMs: 15, lossPercent: 20 });
    for (const listener of [student, teacher]) {
      let before = await listener.read();
      const nearlyAllArrives = async () => {
        const now = await listener.read();
        const sound = soundBetween(before, now);
        if (sound === null || sound.askedAgain < 30) return false;
        // What was lost before it was sent again is no part of the next look.
        before = now;
        return sound.lostPercent < 8;
      };
      await expect.poll(nearlyAllArrives, patience).toBe(true);
    }

    student.line.set({ delayMs: 15 });
    student.line.cut();
    let before = '';
    const stands = async () => {
      const now = JSON.stringify((await student.visitor.voices()).map(({ packets }) => packets));
      const same = now === before;
      before = now;
      return same;
    };
    await expect.poll(stands, { ...patience, intervals: [500] }).toBe(true);
    student.line.mend();
    await student.visitor.hears(1);
    await teacher.visitor.hears(1);
    expect(await student.visitor.connections()).toBe(known);
  } finally {
    await lesson.close();
  }
});
