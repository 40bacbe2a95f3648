// All three languages have the same keys with the same values to fill in, and each message can be read.
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { LeaveReason, PauseReason, RecordingEndReason, RoomCloseReason, TrackCloseReason } from '../../server/contract/reasons.ts';
import { refusalStatus } from '../../server/contract/reply.ts';
import enConnection from './en/connection.json';
import enDiagnosis from './en/diagnosis.json';
import enEveryone from './en/index.ts';
import enPlayer from './en/player.ts';
import enRegister from './en/register.json';
import enSituation from './en/situation.json';
import enStaff from './en/staff.ts';
import kkConnection from './kk/connection.json';
import kkDiagnosis from './kk/diagnosis.json';
import kkEveryone from './kk/index.ts';
import kkPlayer from './kk/player.ts';
import kkRegister from './kk/register.json';
import kkSituation from './kk/situation.json';
import kkStaff from './kk/staff.ts';
import ruConnection from './ru/connection.json';
import ruDiagnosis from './ru/diagnosis.json';
import ruEveryone from './ru/index.ts';
import ruPlayer from './ru/player.ts';
import ruRegister from './ru/register.json';
import ruSituation from './ru/situation.json';
import ruStaff from './ru/staff.ts';

const en = { ...enConnection, ...enDiagnosis, ...enEveryone, ...enPlayer, ...enRegister, ...enSituation, ...enStaff };
const kk = { ...kkConnection, ...kkDiagnosis, ...kkEveryone, ...kkPlayer, ...kkRegister, ...kkSituation, ...kkStaff };
const ru = { ...ruConnection, ...ruDiagnosis, ...ruEveryone, ...ruPlayer, ...ruRegister, ...ruSituation, ...ruStaff };

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { kk, ru, en };
const english: Readonly<Record<string, string>> = en;
const files = import.meta.glob<Record<string, string>>('./{kk,ru,en}/*.json', { eager: true, import: 'default' });

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

function parse(message: string): readonly Element[] {
  return new IntlMessageFormat(message, 'en').getAst();
}

function placeholders(message: string): string[] {
  const names = new Set<string>();
  const visit = (elements: readonly Element[]) => {
    for (const element of elements) {
      if ('value' in element && !isLiteral(element)) names.add(element.value);
      if ('children' in element) visit(element.children);
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(parse(message));
  return [...names].sort();
}

/** Plain words between the values; the parser numbers its kinds, and these are the first. */
function isLiteral(element: Element): boolean {
  return element.type === parse('word')[0]?.type;
}

function pluralForms(message: string): string[][] {
  return parse(message).flatMap((element) =>
    'options' in element && 'offset' in element ? [Object.keys(element.options).filter((form) => !form.startsWith('='))] : [],
  );
}

describe.each(Object.keys(catalogues))('the texts in %s', (language) => {
  const texts = catalogues[language] ?? {};

  test('have exactly the keys of English', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  test('are never empty and have no stray space', () => {
    const faulty = Object.entries(texts).filter(([, message]) => message === '' || message !== message.trim());
    expect(faulty).toEqual([]);
  });

  test('fill in the same values as English', () => {
    const faulty = Object.entries(texts).filter(
      ([key, message]) => placeholders(message).join() !== placeholders(english[key] ?? '').join(),
    );
    expect(faulty).toEqual([]);
  });

  test('have every plural form that the language needs for whole numbers', () => {
    const needed = language === 'ru' ? ['one', 'few', 'many', 'other'] : ['one', 'other'];
    const faulty = Object.entries(texts).filter(([, message]) =>
      pluralForms(message).some((forms) => needed.some((form) => !forms.includes(form))),
    );
    expect(faulty).toEqual([]);
  });
});

test('every key begins with the name of the file that holds it', () => {
  const faulty = Object.entries(files).flatMap(([path, texts]) => {
    const name = path.split('/').at(-1)?.replace('.json', '');
    return Object.keys(texts).filter((key) => !key.startsWith(`${name}.`));
  });
  expect(faulty).toEqual([]);
});

test('every refusal code of the contract has a sentence', () => {
  expect(Object.keys(refusalStatus).filter((code) => !(`refusals.${code}` in english))).toEqual([]);
});

test('every reason of the contract has words', () => {
  const reasons = {
    leave: LeaveReason.options,
    room: RoomCloseReason.options,
    track: TrackCloseReason.options,
    pause: PauseReason.options,
    recording: RecordingEndReason.options,
  };
  const keys = Object.entries(reasons).flatMap(([kind, list]) => list.map((reason) => `reasons.${kind}.${reason}`));
  expect(keys.filter((key) => !(key in english))).toEqual([]);
});

const pagesOf = {
  staff: { texts: enStaff, pages: /^\.\.\/pages\/(audit|people|recorded|records|reports|status|storage|university)\// },
  connection: { texts: enConnection, pages: /^\.\.\/pages\/connection-(test|reports)\// },
  player: { texts: enPlayer, pages: /^\.\.\/pages\/(recording|recording-edit|shared-recording)\// },
  register: { texts: enRegister, pages: /^\.\.\/pages\/(register|university)\// },
  diagnosis: { texts: enDiagnosis, pages: /^\.\.\/pages\/diagnosis\// },
  situation: { texts: enSituation, pages: /^\.\.\/pages\/situation\// },
} as const;

test.each(Object.entries(pagesOf))('only pages that load the texts of the part %s say them', (_part, { texts, pages }) => {
  const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../i18n/**', '!../**/*.test.{ts,tsx}'], {
    eager: true,
    query: '?raw',
    import: 'default',
  });
  const areas = [...new Set(Object.keys(texts).map((key) => key.split('.')[0]))].join('|');
  const said = new RegExp(`\\bt\\(\\s*['"\`](${areas})\\.`);
  const faulty = Object.entries(sources).filter(([path, source]) => !pages.test(path) && said.test(source));
  expect(faulty.map(([path]) => path)).toEqual([]);
});
