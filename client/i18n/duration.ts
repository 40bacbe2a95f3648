// Lengths of time: in short words for tables, as a running clock for players and countdowns.
import type { Language } from './languages.ts';
import { two } from './zone.ts';

const words = {
  kk: { hour: 'сағ', minute: 'мин', second: 'сек' },
  ru: { hour: 'ч', minute: 'мин', second: 'с' },
  en: { hour: 'h', minute: 'min', second: 's' },
} as const satisfies Record<Language, unknown>;

/** 1 h 20 min; below a minute, 45 s. Joined by no-break spaces. */
export function formatDuration(language: Language, ms: number): string {
  const word = words[language];
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}\u00a0${word.second}`;
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest}\u00a0${word.minute}`;
  if (rest === 0) return `${hours}\u00a0${word.hour}`;
  return `${hours}\u00a0${word.hour}\u00a0${rest}\u00a0${word.minute}`;
}

/** 2 min 40 s: to the second, for what is shorter than an hour; longer ones as above. */
export function formatExactDuration(language: Language, ms: number): string {
  const word = words[language];
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0 || minutes >= 60 || rest === 0) return formatDuration(language, ms);
  return `${minutes}\u00a0${word.minute}\u00a0${rest}\u00a0${word.second}`;
}

/** 24:10 or 1:24:10; whole seconds, rounded down, never below zero. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = seconds % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}
