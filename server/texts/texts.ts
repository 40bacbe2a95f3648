// The few words that the server itself says, in mails, notifications, calendars and printed pages: a text of a key, in a language.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../contract/identity.ts';
import en from './en.json' with { type: 'json' };
import kk from './kk.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

/** English fixes which keys exist. */
export type TextKey = keyof typeof en;
export type TextValues = Readonly<Record<string, string | number>>;

const catalogues: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { kk, ru, en };
/** The BCP 47 tag of each language, for formats and for the `lang` of documents. */
export const localeTags: Readonly<Record<Language, string>> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };

const parsed = new Map<string, IntlMessageFormat>();

/** Throws when a value that the text needs is missing. Values are put in as they are: whoever writes HTML escapes the result. */
export function text(language: Language, key: TextKey, values?: TextValues): string {
  const message = catalogues[language][key];
  if (!message.includes('{') && !message.includes("'")) return message;
  const id = `${language} ${key}`;
  let format = parsed.get(id);
  if (!format) {
    format = new IntlMessageFormat(message, localeTags[language]);
    parsed.set(id, format);
  }
  return String(format.format(values));
}
