// The product's own words in each language, to find things by them and to notice where they are missing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../client/i18n');

export type Language = 'kk' | 'ru' | 'en';

export type Words = (key: string) => string;

export function wordsOf(language: Language): Words {
  const words = new Map<string, string>();
  for (const file of readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'))) {
    const catalogue: Record<string, string> = JSON.parse(readFileSync(join(folder, language, file), 'utf8'));
    for (const [key, text] of Object.entries(catalogue)) words.set(key, text);
  }
  return (key) => {
    const text = words.get(key);
    if (text === undefined) throw new Error(`There is no text ${key} in ${language}`);
    return text;
  };
}

/** A host in an instruction, which is named like a key. */
const hosts = /calendar\.google\.com/g;

/** Whether a translation is missing: its key stands there instead. */
export function showsKey(text: string): boolean {
  return keyLike.test(text.replace(hosts, ''));
}

const keyLike = new RegExp(
  `(?:^|[\\s"(])(?:${readdirSync(join(folder, 'en'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace('.json', ''))
    .join('|')})\\.[a-z][A-Za-z-]*(?:\\.[A-Za-z-]+)*(?=$|[\\s")])`,
  'm',
);
