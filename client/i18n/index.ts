// What the rest of the client uses of the languages.
export type { TextKey } from './catalogue.ts';
export { compareNames } from './collation.ts';
export type { DateStyle } from './dates.ts';
export { clock } from './duration.ts';
export { isLanguage, type Language, languageNames, languages } from './languages.ts';
export { localeTags } from './locale.ts';
export type { TextValues } from './message.ts';
export { readStored, writeStored } from './stored.ts';
export {
  currentLanguage,
  followPerson,
  hasText,
  onLanguageChange,
  pickLanguage,
  type ReasonKind,
  reasonText,
  refusalText,
  startLanguage,
  text,
} from './text.ts';
export { type Texts, useText } from './useText.ts';
export {
  addDays,
  dayKey,
  type Instant,
  instantAt,
  mondayOf,
  setUniversityZone,
  startOfDay,
  universityZone,
  type ZonedTime,
  zonedTime,
} from './zone.ts';
