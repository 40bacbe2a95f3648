// Whether the settings can be read, and mean what was meant; and whether the set-up is complete. Rule X2.
import { broken, type Check, ok, warning } from '../finding.ts';

export interface SettingsParts {
  /** Null: there is no file, and the environment and the defaults hold. */
  readonly file: string | null;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

export function settingsCheck({ file, faults, warnings }: SettingsParts): Check {
  return {
    name: 'settings',
    look: async () => {
      const where = file ?? 'the environment';
      const findings = [
        ...faults.map((fault) =>
          broken(fault, `Correct it in ${where}; config/example.yaml says what is allowed. What follows leaves it out.`),
        ),
        ...warnings.map((text) => warning(text, `Look at it in ${where}.`)),
      ];
      return findings.length > 0 ? findings : [ok(file === null ? 'No file: the environment and the defaults hold' : `${file} holds`)];
    },
  };
}

/** What the set-up has left to do, by the names of its steps. */
export function setUpCheck(remaining: () => readonly { readonly name: string; readonly remaining: string }[]): Check {
  return {
    name: 'set-up',
    async look() {
      const left = remaining();
      if (left.length === 0) return [ok('All that npm start needs is in place')];
      return left.map(({ name, remaining: what }) =>
        warning(`${name}: ${what} is left to do`, 'Run npm run setup as a user who may install; npm start does it too, where it may.'),
      );
    },
  };
}
