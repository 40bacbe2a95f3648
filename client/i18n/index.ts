// What the rest of the client uses of the languages.
export type { TextKey, TextPart } from './catalogue.ts';
export { compareNames } from './collation.ts';
export { clock } from './duration.ts';
export { isLanguage, type Language, languageNames, languages } from './languages.ts';
export { localeTags } from './locale.ts';
export { readStored, writeStored } from './stored.ts';
export {
  followPerson,
  needTexts,
  startLanguage,
  text,
} from './text.ts';
export { type Texts, useText } from './useText.ts';
export {
  addDays,
  dayKey,
  instantAt,
  mondayOf,
  setUniversityZone,
  zonedTime,
} from './zone.ts';
