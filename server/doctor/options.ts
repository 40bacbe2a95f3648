// What was written behind `npm run doctor --`.

export const usage = `Use it so:
  npm run doctor                         looks at everything
  npm run doctor -- --only=mail,relay    looks at these alone
  npm run doctor -- --json               writes JSON, for a machine
It ends with 0 when nothing is broken, 1 when something is, 2 when it was not understood.
`;

export interface Options {
  readonly json: boolean;
  /** Null: all. */
  readonly only: readonly string[] | null;
}

/** Null: not understood. */
export function readOptions(words: readonly string[], names: readonly string[]): Options | null {
  let json = false;
  let only: readonly string[] | null = null;
  for (const word of words) {
    const named = /^--only=([a-z,-]+)$/.exec(word)?.[1]?.split(',');
    if (word === '--json') json = true;
    else if (named?.every((name) => names.includes(name))) only = named;
    else return null;
  }
  return { json, only };
}
