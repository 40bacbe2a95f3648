// The language in force and its texts, for code inside and outside React.
import { installAriaTexts } from './aria.ts';
import { type Catalogue, loadCatalogue, type TextKey, type TextPart } from './catalogue.ts';
import { chooseLanguage, isLanguage, type Language } from './languages.ts';
import { formatMessage, type TextValues } from './message.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'auditoria.language';
const forcedKey = 'auditoria.language.forced';

let current: Language = 'en';
let texts: Catalogue = {};
let wanted: Language = 'en';
const parts = new Set<TextPart>(['everyone']);
const listeners = new Set<() => void>();

export function currentLanguage(): Language {
  return current;
}

export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The text of a key in the language in force. */
export function text(key: TextKey, values?: TextValues): string {
  const message = texts[key];
  if (message === undefined) return key;
  try {
    return formatMessage(current, message, values);
  } catch (fault) {
    // A page with one unfilled sentence still serves; an empty page does not.
    console.error(`text ${key}`, fault);
    return message;
  }
}

export function hasText(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}

/** The sentence for a refusal code that the server sent; unknown codes get the general one. */
export function refusalText(code: string): string {
  const key = `refusals.${code}`;
  return text(hasText(key) ? key : 'refusals.internal');
}

/** What may end or pause, each with its own closed list of reasons in the contract. */
export type ReasonKind = 'leave' | 'room' | 'track' | 'pause' | 'recording';

/** The words for a reason that something ended or was paused; unknown reasons get the general word. */
export function reasonText(kind: ReasonKind, reason: string): string {
  const key = `reasons.${kind}.${reason}`;
  return text(hasText(key) ? key : 'reasons.other');
}

/** Chooses and loads the first language. Call once, before anything is drawn. */
export async function startLanguage(): Promise<void> {
  await show(chooseLanguage({ forced: forcedLanguage(), stored: readStored(storageKey), browser: navigator.languages }));
}

/** The person's own pick: shown now, remembered in this browser, and above `?lang=`. */
export async function pickLanguage(language: Language): Promise<void> {
  writeStored(storageKey, language);
  writeStored(forcedKey, undefined, 'tab');
  await show(language);
}

/** The language of the account that signed in; yields to `?lang=`. Not kept: the next person at this browser may have none of their own. */
export async function followPerson(language: string): Promise<void> {
  if (!isLanguage(language) || forcedLanguage()) return;
  await show(language);
}

/** Resolves when the texts of the part are there, now and in whatever language is picked later. */
export async function needTexts(part: TextPart): Promise<void> {
  if (parts.has(part)) return;
  await loadCatalogue(wanted, [part]);
  parts.add(part);
  await show(wanted);
}

async function show(language: Language): Promise<void> {
  wanted = language;
  const [catalogue] = await Promise.all([loadCatalogue(language, parts), installAriaTexts(language)]);
  // A later pick may have overtaken this load.
  if (wanted !== language) return;
  current = language;
  texts = catalogue;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** `?lang=` holds for the whole tab, since moving on drops it from the address. */
function forcedLanguage(): Language | undefined {
  const asked = new URLSearchParams(location.search).get('lang');
  if (isLanguage(asked)) writeStored(forcedKey, asked, 'tab');
  const kept = readStored(forcedKey, 'tab');
  return isLanguage(kept) ? kept : undefined;
}
