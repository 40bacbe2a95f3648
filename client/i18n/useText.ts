// Texts, dates and numbers for components; redraws them when the language changes.
import { useSyncExternalStore } from 'react';
import type { TextKey } from './catalogue.ts';
import * as dates from './dates.ts';
import { formatDuration, formatExactDuration } from './duration.ts';
import type { Language } from './languages.ts';
import { formatNumber, type TextValues } from './message.ts';
import { currentLanguage, onLanguageChange, pickLanguage, type ReasonKind, reasonText, refusalText, text } from './text.ts';
import type { Instant } from './zone.ts';

export type Texts = {
  readonly t: (key: TextKey, values?: TextValues) => string;
  readonly language: Language;
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly refusal: (code: string) => string;
  readonly reason: (kind: ReasonKind, reason: string) => string;
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
  readonly date: (instant: Instant, style?: dates.DateStyle) => string;
  readonly time: (instant: Instant) => string;
  readonly dateTime: (instant: Instant) => string;
  readonly timeRange: (from: Instant, to: Instant) => string;
  readonly relative: (instant: Instant, now?: Instant) => string;
  readonly duration: (ms: number) => string;
  readonly exactDuration: (ms: number) => string;
  readonly weekday: (instant: Instant, style?: 'long' | 'short') => string;
  readonly month: (instant: Instant) => string;
};

// One object per language, so that it may stand in a list of dependencies.
const perLanguage = new Map<Language, Texts>();

function textsOf(language: Language): Texts {
  let texts = perLanguage.get(language);
  if (!texts) {
    texts = {
      t: text,
      language,
      setLanguage: pickLanguage,
      refusal: refusalText,
      reason: reasonText,
      number: (value, options) => formatNumber(language, value, options),
      date: (instant, style) => dates.formatDate(language, instant, style),
      time: (instant) => dates.formatTime(language, instant),
      dateTime: (instant) => dates.formatDateTime(language, instant),
      timeRange: (from, to) => dates.formatTimeRange(language, from, to),
      relative: (instant, now) => dates.formatRelative(language, instant, now),
      duration: (ms) => formatDuration(language, ms),
      exactDuration: (ms) => formatExactDuration(language, ms),
      weekday: (instant, style) => dates.formatWeekday(language, instant, style),
      month: (instant) => dates.formatMonth(language, instant),
    };
    perLanguage.set(language, texts);
  }
  return texts;
}

export function useText(): Texts {
  return textsOf(useSyncExternalStore(onLanguageChange, currentLanguage));
}
