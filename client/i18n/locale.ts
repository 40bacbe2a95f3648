// Which Intl locale stands in for each language.
import type { Language } from './languages.ts';

/** The BCP 47 tag given to components and to plural rules. */
export const localeTags: Readonly<Record<Language, string>> = {
  kk: 'kk-KZ',
  ru: 'ru-RU',
  en: 'en-GB',
};

/**
 * The locale for digits. Chromium claims Kazakh but writes 1,234.5; Russian digits are
 * what Kazakh has in CLDR (1 234,5).
 */
export const numberTags: Readonly<Record<Language, string>> = { kk: 'ru-RU', ru: 'ru-RU', en: 'en-GB' };
