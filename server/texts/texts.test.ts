// All three languages have the same keys with the same values to fill in, and each text can be read.
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { formatDate, formatSpan } from './dates.ts';
import en from './en.json' with { type: 'json' };
import kk from './kk.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };
import { text } from './texts.ts';

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { kk, ru, en };
const english: Readonly<Record<string, string>> = en;

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
const elementsOf = (message: string): readonly Element[] => new IntlMessageFormat(message, 'en').getAst();
const literal = elementsOf('word')[0]?.type;

function placeholders(message: string): string[] {
  const names = new Set<string>();
  const visit = (elements: readonly Element[]) => {
    for (const element of elements) {
      if ('value' in element && element.type !== literal) names.add(element.value);
      if ('children' in element) visit(element.children);
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(elementsOf(message));
  return [...names].sort();
}

function pluralForms(message: string): string[][] {
  return elementsOf(message).flatMap((element) =>
    'options' in element && 'offset' in element ? [Object.keys(element.options).filter((form) => !form.startsWith('='))] : [],
  );
}

describe.each(Object.keys(catalogues))('the server texts in %s', (language) => {
  const texts = catalogues[language] ?? {};

  it('have exactly the keys of English, each with an area', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    expect(Object.keys(texts).filter((key) => !/^[a-z]+\.[a-z0-9.-]+$/.test(key))).toEqual([]);
  });

  it('are never empty and have no stray space', () => {
    expect(Object.entries(texts).filter(([, message]) => message === '' || message !== message.trim())).toEqual([]);
  });

  it('fill in the same values as English', () => {
    const faulty = Object.entries(texts).filter(([key, message]) => `${placeholders(message)}` !== `${placeholders(english[key] ?? '')}`);
    expect(faulty).toEqual([]);
  });

  it('have every plural form that the language needs for whole numbers', () => {
    const needed = language === 'ru' ? ['one', 'few', 'many', 'other'] : ['one', 'other'];
    const faulty = Object.entries(texts).filter(([, message]) =>
      pluralForms(message).some((forms) => needed.some((form) => !forms.includes(form))),
    );
    expect(faulty).toEqual([]);
  });
});

describe('a text', () => {
  it('is filled in by the rules of its language', () => {
    expect(text('ru', 'calendar.groups', { count: 3, names: 'А, Б, В' })).toBe('Группы: А, Б, В');
    expect(text('kk', 'calendar.groups', { count: 1, names: 'ФИЗ-21' })).toBe('Топ: ФИЗ-21');
    expect(() => text('en', 'calendar.join')).toThrow();
  });
});

describe('dates', () => {
  const startsAt = Date.parse('2026-11-21T08:00:00+05:00');

  it('are in the words of the language and the time zone of the university', () => {
    expect(formatDate('kk', 'day', startsAt, 'Asia/Almaty')).toBe('2026 ж. 21 қараша, сенбі');
    expect(formatDate('ru', 'day', startsAt, 'Asia/Almaty')).toBe('суббота, 21 ноября 2026 г.');
    expect(formatDate('en', 'day', startsAt, 'Asia/Almaty')).toMatch(/^Saturday,? 21 November 2026$/);
    expect(formatDate('en', 'time', startsAt, 'Europe/Berlin')).toBe('04:00');
  });

  it('name both days of a span over midnight', () => {
    expect(formatSpan('en', { startsAt, endsAt: startsAt + 50 * 60_000 }, 'Asia/Almaty')).toBe('08:00–08:50');
    expect(formatSpan('en', { startsAt, endsAt: startsAt + 20 * 3_600_000 }, 'Asia/Almaty')).toBe(
      '21 November, 08:00 – 22 November, 04:00',
    );
  });
});
