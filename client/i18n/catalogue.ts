// Loads the texts of one language on demand; English fixes which keys exist.

import type englishConnection from './en/connection.json';
import type englishDiagnosis from './en/diagnosis.json';
import type english from './en/index.ts';
import type englishPlayer from './en/player.ts';
import type englishRegister from './en/register.json';
import type englishSituation from './en/situation.json';
import type englishStaff from './en/staff.ts';
import type { Language } from './languages.ts';

export type TextKey =
  | keyof typeof english
  | keyof typeof englishConnection
  | keyof typeof englishDiagnosis
  | keyof typeof englishPlayer
  | keyof typeof englishRegister
  | keyof typeof englishSituation
  | keyof typeof englishStaff;

export type Catalogue = Readonly<Record<string, string>>;

/** `connection` is what the test of a connection says, `diagnosis` is what the page on trouble in class says, `player` is what recordings say, `register` is what only registers and what explains them say, `situation` is what the situation centre's pages say, `staff` only the pages of administrators, coordinators and observers. */
export type TextPart = 'everyone' | 'connection' | 'diagnosis' | 'player' | 'register' | 'situation' | 'staff';

const loaders: Readonly<Record<TextPart, Readonly<Record<Language, () => Promise<{ readonly default: Catalogue }>>>>> = {
  everyone: {
    kk: () => import('./kk/index.ts'),
    ru: () => import('./ru/index.ts'),
    en: () => import('./en/index.ts'),
  },
  connection: {
    kk: () => import('./kk/connection.json'),
    ru: () => import('./ru/connection.json'),
    en: () => import('./en/connection.json'),
  },
  diagnosis: {
    kk: () => import('./kk/diagnosis.json'),
    ru: () => import('./ru/diagnosis.json'),
    en: () => import('./en/diagnosis.json'),
  },
  player: {
    kk: () => import('./kk/player.ts'),
    ru: () => import('./ru/player.ts'),
    en: () => import('./en/player.ts'),
  },
  register: {
    kk: () => import('./kk/register.json'),
    ru: () => import('./ru/register.json'),
    en: () => import('./en/register.json'),
  },
  situation: {
    kk: () => import('./kk/situation.json'),
    ru: () => import('./ru/situation.json'),
    en: () => import('./en/situation.json'),
  },
  staff: {
    kk: () => import('./kk/staff.ts'),
    ru: () => import('./ru/staff.ts'),
    en: () => import('./en/staff.ts'),
  },
};

export async function loadCatalogue(language: Language, parts: Iterable<TextPart>): Promise<Catalogue> {
  const loaded = await Promise.all([...parts].map((part) => loaders[part][language]()));
  return Object.assign({}, ...loaded.map((module) => module.default));
}
