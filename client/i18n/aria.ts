// Gives react-aria its spoken words in the language in force, also when that changes while the page stands.
import type { Language } from './languages.ts';

type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const localeSymbol = Symbol.for('react-aria.i18n.locale');
const stringsSymbol = Symbol.for('react-aria.i18n.strings');

let current: Packages = {};

async function load(language: Language): Promise<Packages> {
  switch (language) {
    case 'kk':
      return (await import('./aria-kk.ts')).default;
    case 'ru':
      return (await import('react-aria-components/i18n/ru-RU')).default;
    case 'en':
      return (await import('react-aria-components/i18n/en-US')).default;
  }
}

/** Must have finished before the first component is drawn. */
export async function installAriaTexts(language: Language): Promise<void> {
  current = await load(language);
  if (Reflect.has(window, stringsSymbol)) return;
  const packages = Object.fromEntries(Object.keys(current).map((name) => [name, liveWords(name)]));
  Reflect.set(window, localeSymbol, 'kk-KZ');
  Reflect.set(window, stringsSymbol, packages);
}

// react-aria reads the global table once and keeps each package's object for ever; the object must
// therefore look up its words anew each time. The locale symbol is only the name under which it files them.
function liveWords(name: string): Record<string, unknown> {
  return new Proxy({}, { get: (_target, key) => (typeof key === 'string' ? current[name]?.[key] : undefined) });
}
