// How long trouble lasts, and who is there, as it reads in each language.
import { expect, test } from 'vitest';
import * as dates from '../../i18n/dates.ts';
import { formatDuration } from '../../i18n/duration.ts';
import en from '../../i18n/en/situation.json';
import type { TextKey } from '../../i18n/index.ts';
import kk from '../../i18n/kk/situation.json';
import { formatMessage, formatNumber, type TextValues } from '../../i18n/message.ts';
import ru from '../../i18n/ru/situation.json';
import { lesson, minute, noon, trouble } from './lesson.fixture.ts';
import { shortLength, troubleLength, troubleName, turnout } from './words.ts';

const catalogues: Readonly<Record<'en' | 'kk' | 'ru', Readonly<Record<string, string>>>> = { en, kk, ru };
const textsOf = (language: keyof typeof catalogues) => ({
  t: (key: TextKey, values?: TextValues) => formatMessage(language, catalogues[language][key] ?? `no ${key}`, values),
  duration: (ms: number) => formatDuration(language, ms),
  timeRange: (from: number | string | Date, to: number | string | Date) => dates.formatTimeRange(language, from, to),
  number: (value: number) => formatNumber(language, value),
});
const inAll = (say: (texts: ReturnType<typeof textsOf>) => string | undefined) =>
  (['en', 'kk', 'ru'] as const).map((language) => say(textsOf(language))?.replaceAll('\u00a0', ' '));

test('W63 trouble lasts as many whole minutes as have passed, and not one more', () => {
  const absent = trouble('teacher-absent', noon);
  expect(inAll((texts) => troubleLength(absent, noon + 12 * minute + 59_000, texts))).toEqual(['for 12 min', '12 мин бойы', 'уже 12 мин']);
  expect(inAll((texts) => shortLength(absent, noon + 12 * minute + 59_000, texts))).toEqual(['12 min', '12 мин', '12 мин']);
  expect(inAll((texts) => troubleLength(absent, noon + 59_000, texts))).toEqual(['just now', 'жаңа ғана', 'только что']);
  expect(inAll((texts) => troubleLength(absent, noon + 65 * minute, texts))).toEqual([
    'for 1 h 5 min',
    '1 сағ 5 мин бойы',
    'уже 1 ч 5 мин',
  ]);
});

test('trouble that is over is told from when to when; an early end by how much', () => {
  const over = trouble('no-sound', noon, { until: noon + 3 * minute });
  expect(inAll((texts) => troubleLength(over, noon + 9 * minute, texts))).toEqual(
    Array.from(['3 min', '3 мин', '3 мин'], (length) => `12:00–12:03, ${length}`),
  );
  const early = trouble('ended-early', noon, { until: noon + 20 * minute });
  expect(inAll((texts) => troubleLength(early, noon + minute, texts))).toEqual(['by 20 min', '20 мин қалғанда', 'на 20 мин']);
});

test('a picture that fails is told with what it is of', () => {
  expect(inAll((texts) => troubleName(trouble('black', noon, { source: 'camera' }), texts))).toEqual([
    'Camera picture is black',
    'Камера бейнесі қап-қара',
    'Изображение с камеры чёрное',
  ]);
  expect(inAll((texts) => troubleName(trouble('no-sound', noon, { source: 'microphone' }), texts))[0]).toBe('No sound from the teacher');
});

test('of a lesson that runs it is told how many are there, of one that is over how many came, else nothing', () => {
  const words = (over: Parameters<typeof lesson>[0]) => inAll((texts) => turnout(lesson(over), texts));
  expect(words({})).toEqual(['23 of 28 here', 'Осында: 23 / 28', '23 из 28 на занятии']);
  expect(words({ state: 'over' })).toEqual(['24 of 28 came', 'Қатысқаны: 24 / 28', 'Было 24 из 28']);
  for (const none of [{ state: 'planned' }, { state: 'over', came: null }, { expected: 0 }] as const)
    expect(words(none)[0]).toBeUndefined();
});
