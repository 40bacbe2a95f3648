// What was watched is told in time, and what could not be told is kept.
import { expect, test } from 'vitest';
import type { Stretch } from './played.ts';
import { type Outcome, WatchReport } from './watch-report.ts';

const stretch = (fromMs: number, toMs: number, speed = 1): Stretch => ({ fromMs, toMs, speed });

function page(before?: string) {
  const sent: { readonly stretches: Stretch[]; readonly last: boolean; readonly answer: (outcome: Outcome) => void }[] = [];
  const storage = { value: before };
  let played: Stretch[] = [];
  const report = new WatchReport({
    take: () => played.splice(0),
    send: (stretches, last) => new Promise((answer) => sent.push({ stretches: [...stretches], last, answer })),
    stored: {
      read: () => storage.value,
      write(value) {
        storage.value = value;
      },
    },
  });
  return {
    ...{ sent, storage },
    tell: (stretches: Stretch[], last = false) => {
      played = stretches;
      return report.report(last);
    },
    answer: async (outcome: Outcome) => {
      sent.at(-1)?.answer(outcome);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
  };
}

test('G12 what follows on one another is one stretch, and nothing is sent when nothing was played', async () => {
  const { sent, storage, tell, answer } = page();
  await tell([]);
  expect(sent).toEqual([]);
  void tell([stretch(0, 1000), stretch(1200, 2000), stretch(2000, 3000, 2)], true);
  expect(sent[0]).toMatchObject({ stretches: [stretch(0, 2000), stretch(2000, 3000, 2)], last: true });
  await answer('taken');
  expect(storage.value).toBeUndefined();
});

test('G12 what could not be told is told with the next report', async () => {
  const { sent, storage, tell, answer } = page();
  void tell([stretch(0, 30_000)]);
  await answer('later');
  expect(storage.value).toContain('30000');
  void tell([stretch(30_000, 60_000)]);
  expect(sent[1]?.stretches).toEqual([stretch(0, 60_000)]);
  await answer('refused');
  void tell([stretch(60_000, 61_000)]);
  expect(sent[2]?.stretches).toEqual([stretch(60_000, 61_000)]);
});

test('G12 a page that goes leaves to the next one what it does not know to have arrived, sent by itself', async () => {
  const { storage, tell } = page();
  void tell([stretch(0, 30_000)]);
  void tell([stretch(30_000, 35_000)], true);
  const next = page(storage.value);
  void next.tell([stretch(90_000, 95_000)]);
  expect(next.sent[0]?.stretches).toEqual([stretch(0, 30_000), stretch(30_000, 35_000)]);
  await next.answer('refused');
  expect(next.sent[1]?.stretches).toEqual([stretch(90_000, 95_000)]);
  await next.answer('taken');
  expect(next.storage.value).toBeUndefined();
});

test('G12 one report at a time, but none waits when the page goes', async () => {
  const { sent, tell, answer } = page();
  void tell([stretch(0, 1000)]);
  void tell([stretch(1000, 2000)]);
  expect(sent).toHaveLength(1);
  void tell([stretch(2000, 3000)], true);
  expect(sent[1]?.stretches).toEqual([stretch(1000, 3000)]);
  await answer('taken');
});

test('G12 at most twenty in a report', async () => {
  const { sent, tell, answer } = page();
  void tell(Array.from({ length: 45 }, (_, index) => stretch(index * 10_000, index * 10_000 + 1000)));
  for (let batch = 0; batch < 3; batch += 1) await answer('taken');
  expect(sent.map(({ stretches }) => stretches.length)).toEqual([20, 20, 5]);
});

test.each(['nonsense', '{}', '{"stretches":[{"fromMs":-1}]}', '[]'])('what else lies in the storage is left alone: %s', async (value) => {
  const { sent, tell } = page(value);
  await tell([]);
  expect(sent).toEqual([]);
});
