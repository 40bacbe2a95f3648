// The languages of the interface and how one is chosen for a visitor.

export const languages = ['kk', 'ru', 'en'] as const;

export type Language = (typeof languages)[number];

/** Each language in its own words, as a language menu shows it. */
export const languageNames: Readonly<Record<Language, string>> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
};

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

export type LanguageWishes = {
  /** From `?lang=`: beats all else. */
  readonly forced?: string | null | undefined;
  /** Kept with the person's account. */
  readonly person?: string | null | undefined;
  /** Picked earlier in this browser. */
  readonly stored?: string | null | undefined;
  /** The browser's own list, most wanted first, as BCP 47 tags. */
  readonly browser?: readonly string[] | undefined;
};

/** The first wish that we can fulfil; English when there is none. */
export function chooseLanguage(wishes: LanguageWishes): Language {
  for (const wish of [wishes.forced, wishes.person, wishes.stored]) {
    if (isLanguage(wish)) return wish;
  }
  for (const tag of wishes.browser ?? []) {
    const primary = tag.toLowerCase().split('-')[0];
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}
