// What a period came to, in words.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type SituationFigures, TroubleKind } from '../../../../server/contract/situation.ts';
import { figures } from './figures.ts';

const noTrouble = z.record(TroubleKind, z.number()).parse(Object.fromEntries(TroubleKind.options.map((kind) => [kind, 0])));

const period = (over: Partial<SituationFigures> = {}): SituationFigures => ({
  ...{ lessons: 46, held: 40, notHeld: 2, cancelled: 1, onSite: 3, unknown: 0, coming: 0, troubled: 5, lateMinutes: 12.4, substituted: 1 },
  ...{ recordingDue: 14, recorded: 12, expected: 1000, came: 856, troubles: noTrouble },
  ...over,
});
const words = {
  t: (key: string, values: object = {}) => [key.split('.').at(-1), ...Object.values(values)].join(' '),
  number: (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat('en', options).format(value),
};
const told = (of: SituationFigures) => Object.fromEntries(figures.map((figure) => [figure.id, figure.words(of, words)]));

test('W72 a part is told with what it is part of, and where nothing was due as nothing', () => {
  expect(told(period())).toMatchObject({ lessons: '46', held: '40', late: '12', recorded: 'of 12 14', turnout: '86%' });
  expect(told(period({ recordingDue: 0, recorded: 0, expected: 0, came: 0 }))).toMatchObject({ recorded: 'none', turnout: 'none' });
});

test('W72 only what someone should look at is marked', () => {
  const marked = (of: SituationFigures) => figures.filter(({ isBad }) => isBad?.(of)).map(({ id }) => id);
  expect(marked(period())).toEqual(['not-held', 'troubled', 'late', 'recorded']);
  expect(marked(period({ notHeld: 0, troubled: 0, lateMinutes: 0, recorded: 14 }))).toEqual([]);
});
