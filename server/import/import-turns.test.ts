import { expect, it } from 'vitest';
import { Refused } from '../contract/reply.ts';
import { ImportTurns } from './import-turns.ts';

it('I14 calls of other systems that wait together go one after the other, and none is sent away', async () => {
  const turns = new ImportTurns({ isBusy: false });
  let atOnce = 0;
  let most = 0;
  const call = async () => {
    const turn = await turns.takeForPut();
    atOnce += 1;
    most = Math.max(most, atOnce);
    const run = Promise.resolve().then(() => {
      atOnce -= 1;
      turn.over();
    });
    turns.runs(run);
    await run;
  };
  await Promise.all(Array.from({ length: 6 }, call));
  expect(most).toBe(1);
});

it('I14 while a file is being read or applied everybody else is told to come again', async () => {
  const turns = new ImportTurns({ isBusy: true });
  const turn = await turns.take();
  for (const next of [turns.take(), turns.takeForPut()]) await expect(next).rejects.toThrow(Refused);
  turn.over();
  const after = await turns.take();
  // A turn that is over twice does not end that of the next.
  turn.over();
  await expect(turns.take()).rejects.toMatchObject({ code: 'import-running' });
  after.over();
});
