// What a check of the doctor says: how it is, what was found, and, unless all is well, what is to be done about it.

export type Finding =
  | { readonly state: 'ok'; readonly found: string }
  | {
      /** warning: it works, or may work, and will cost somebody something. broken: the server does not start, or people notice. */
      readonly state: 'warning' | 'broken';
      readonly found: string;
      readonly todo: string;
    };

export const ok = (found: string): Finding => ({ state: 'ok', found });
export const warning = (found: string, todo: string): Finding => ({ state: 'warning', found, todo });
export const broken = (found: string, todo: string): Finding => ({ state: 'broken', found, todo });

/** One thing that is looked at. */
export interface Check {
  /** One word, as the administrator writes it after `--only=`. */
  readonly name: string;
  /** At least one; what it throws is reported as broken. */
  look(): Promise<readonly Finding[]>;
}

export type Examined = Finding & { readonly check: string };

/** What an error says, without its stack. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(wordsOf).join('; ');
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s+/g, ' ').trim();
}

export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
