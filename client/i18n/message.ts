// Formats one ICU message; parsed messages are kept.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './languages.ts';
import { localeTags, numberTags } from './locale.ts';

export type TextValues = Readonly<Record<string, string | number>>;

const parsed = new Map<string, IntlMessageFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const pluralRules = new Map<string, Intl.PluralRules>();

/** Fills in the values. Throws when the message is malformed or a value is missing. */
export function formatMessage(language: Language, message: string, values?: TextValues): string {
  if (!message.includes('{') && !message.includes("'")) return message;
  const key = `${language}\n${message}`;
  let format = parsed.get(key);
  if (!format) {
    format = new IntlMessageFormat(message, localeTags[language], undefined, {
      formatters: {
        getNumberFormat: (_tags, options) => numberFormat(language, options),
        getDateTimeFormat: (tags, options) => new Intl.DateTimeFormat(tags, options),
        getPluralRules: (_tags, options) => pluralRule(language, options),
      },
    });
    parsed.set(key, format);
  }
  return String(format.format(values));
}

function numberFormat(language: Language, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}${JSON.stringify(options ?? {})}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(numberTags[language], options);
    numberFormats.set(key, format);
  }
  return format;
}

function pluralRule(language: Language, options?: Intl.PluralRulesOptions): Intl.PluralRules {
  const key = `${language}${JSON.stringify(options ?? {})}`;
  let rules = pluralRules.get(key);
  if (!rules) {
    rules = new Intl.PluralRules(localeTags[language], options);
    pluralRules.set(key, rules);
  }
  return rules;
}

export function formatNumber(language: Language, value: number, options?: Intl.NumberFormatOptions): string {
  return numberFormat(language, options).format(value);
}
