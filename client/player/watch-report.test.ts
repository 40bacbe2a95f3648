// What was seen is told in time and counts once, and what could not be told is kept.
import { expect, test } from 'vitest';
import type { Watched } from '../../server/contract/viewing.ts';
import type { Stretch } from './played.ts';
import { type Outcome, WatchReport } from './watch-report.ts';

const stretch = (fromMs: number, toMs: number, speed = 1): Stretch => ({ fromMs, toMs, speed });
let made = 0;

function page(before?: string) {
  const sent: { readonly report: Watched; readonly last: boolean; readonly answer: (outcome: Outcome) => void }[] = [];
  const storage = { value: before };
  let played: Stretch[] = [];
  const report = new WatchReport({
    take: () => played.splice(0),
    send: (one, last) => new Promise((answer) => sent.push({ report: structuredClone(one), last, answer })),
    stored: {
      read: () => storage.value,
      write(value) {
        storage.value = value;
      },
    },
    newId() {
      made += 1;
      return `id-${made}`.padEnd(16, '-');
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    ...{ sent, storage },
    told: () => sent.map((one) => one.report.stretches),
    ids: () => sent.map((one) => one.report.reportId),
    tell: (stretches: Stretch[], last = false) => {
      played = stretches;
      return report.report(last);
    },
    answer: async (outcome: Outcome, which = -1) => {
      sent.at(which)?.answer(outcome);
      await settle();
    },
  };
}

test('G12 what follows on one another is one stretch, and nothing is sent when nothing was played', async () => {
  const { sent, told, storage, tell, answer } = page();
  await tell([]);
  expect(sent).toEqual([]);
  void tell([stretch(0, 1000), stretch(1200, 2000), stretch(2000, 3000, 2)], true);
  expect(told()).toEqual([[stretch(0, 2000), stretch(2000, 3000, 2)]]);
  expect(sent[0]?.last).toBe(true);
  await answer('taken');
  expect(storage.value).toBeUndefined();
});

test('V72 what could not be told is told again under its id, before what came after it', async () => {
  const { told, ids, tell, answer } = page();
  void tell([stretch(0, 30_000)]);
  await answer('later');
  void tell([stretch(30_000, 60_000)]);
  await answer('taken');
  expect(told()).toEqual([[stretch(0, 30_000)], [stretch(0, 30_000)], [stretch(30_000, 60_000)]]);
  expect(ids()[1]).toBe(ids()[0]);
  expect(ids()[2]).not.toBe(ids()[0]);
  await answer('refused');
  void tell([stretch(60_000, 61_000)]);
  expect(told().at(-1)).toEqual([stretch(60_000, 61_000)]);
});

test('V72 a page that goes leaves to the next one what it does not know to have arrived, in order and under its ids', async () => {
  const { ids, storage, tell } = page();
  void tell([stretch(0, 30_000)]);
  void tell([stretch(30_000, 35_000)], true);
  const next = page(storage.value);
  void next.tell([stretch(90_000, 95_000)]);
  await next.answer('taken');
  await next.answer('refused');
  await next.answer('taken');
  expect(next.told()).toEqual([[stretch(0, 30_000)], [stretch(30_000, 35_000)], [stretch(90_000, 95_000)]]);
  expect(next.ids().slice(0, 2)).toEqual(ids());
  expect(next.storage.value).toBeUndefined();
});

test('V72 of a long time without a line every batch is sent when it is back, and none is lost on the way', async () => {
  const { told, tell, answer, storage } = page();
  for (let batch = 0; batch < 4; batch += 1) {
    void tell([stretch(batch * 60_000, batch * 60_000 + 30_000)]);
    await answer('later');
  }
  const next = page(storage.value);
  void next.tell([]);
  for (let batch = 0; batch < 4; batch += 1) await next.answer('taken');
  expect(next.told()).toHaveLength(4);
  expect(next.storage.value).toBeUndefined();
  expect(told()[0]).toEqual([stretch(0, 30_000)]);
});

test('G12 one report at a time, but none waits when the page goes', async () => {
  const { sent, told, tell, answer } = page();
  void tell([stretch(0, 1000)]);
  void tell([stretch(1000, 2000)]);
  expect(sent).toHaveLength(1);
  void tell([stretch(2000, 3000)], true);
  expect(told()[1]).toEqual([stretch(1000, 3000)]);
  await answer('taken');
});

test('what was seen while a report was under way is told when it has arrived', async () => {
  const { told, tell, answer } = page();
  void tell([stretch(0, 1000)]);
  void tell([stretch(5000, 6000)]);
  await answer('taken');
  expect(told()).toEqual([[stretch(0, 1000)], [stretch(5000, 6000)]]);
});

test('G12 at most twenty in a report', async () => {
  const { told, tell, answer } = page();
  void tell(Array.from({ length: 45 }, (_, index) => stretch(index * 10_000, index * 10_000 + 1000)));
  for (let batch = 0; batch < 3; batch += 1) await answer('taken');
  expect(told().map((stretches) => stretches.length)).toEqual([20, 20, 5]);
});

test.each(['nonsense', '{}', '{"stretches":[{"fromMs":-1}]}', '[]'])('what else lies in the storage is left alone: %s', async (value) => {
  const { sent, tell } = page(value);
  await tell([]);
  expect(sent).toEqual([]);
});
