// Loads the texts of one language on demand; English fixes which keys exist.
import type english from './en/index.ts';
import type { Language } from './languages.ts';

export type TextKey = keyof typeof english;

export type Catalogue = Readonly<Record<string, string>>;

export async function loadCatalogue(language: Language): Promise<Catalogue> {
  switch (language) {
    case 'kk':
      return (await import('./kk/index.ts')).default;
    case 'ru':
      return (await import('./ru/index.ts')).default;
    case 'en':
      return (await import('./en/index.ts')).default;
  }
}
