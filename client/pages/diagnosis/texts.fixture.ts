// Texts of each language for tests, which do not forgive a missing key or value.
import * as dates from '../../i18n/dates.ts';
import { formatExactDuration } from '../../i18n/duration.ts';
import enDiagnosis from '../../i18n/en/diagnosis.json';
import en from '../../i18n/en/index.ts';
import kkDiagnosis from '../../i18n/kk/diagnosis.json';
import kk from '../../i18n/kk/index.ts';
import { formatMessage, formatNumber } from '../../i18n/message.ts';
import ruDiagnosis from '../../i18n/ru/diagnosis.json';
import ru from '../../i18n/ru/index.ts';
import type { Words } from './words.ts';

const catalogues: Readonly<Record<'kk' | 'ru' | 'en', Readonly<Record<string, string>>>> = {
  kk: { ...kk, ...kkDiagnosis },
  ru: { ...ru, ...ruDiagnosis },
  en: { ...en, ...enDiagnosis },
};

export const languages = ['kk', 'ru', 'en'] as const;

export function textsOf(language: keyof typeof catalogues): Words {
  const t: Words['t'] = (key, values) => {
    const message = catalogues[language][key];
    if (message === undefined) throw new Error(`${language} lacks ${key}`);
    return formatMessage(language, message, values);
  };
  const reasons: Readonly<Record<string, string>> = catalogues[language];
  return {
    t,
    reason: (kind, reason) => reasons[`reasons.${kind}.${reason}`] ?? '',
    refusal: (code) => reasons[`refusals.${code}`] ?? '',
    number: (value, options) => formatNumber(language, value, options),
    date: (at, style) => dates.formatDate(language, at, style),
    time: (at) => dates.formatTime(language, at),
    exactDuration: (ms) => formatExactDuration(language, ms),
  };
}
