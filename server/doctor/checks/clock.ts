// Whether this machine's clock is right: against servers that the settings name anyway, and nobody else. Rule X10.
import { ask } from '../ask.ts';
import { broken, type Check, type Finding, ok, warning } from '../finding.ts';

export interface TimeSource {
  /** As an administrator knows it. */
  readonly name: string;
  /** What time it is there, in milliseconds; null when it does not say. Rejects when it does not answer. */
  readonly now: () => Promise<number | null>;
}

export interface ClockParts {
  readonly sources: readonly TimeSource[];
  /** Whether the system says that its clock is kept right; null when it says nothing. */
  readonly isKept: () => Promise<boolean | null>;
  readonly now: () => number;
}

/** Signed answers of SAML and passwords for relays last a minute or so. */
const wrongMs = 60_000;
/** HTTP tells whole seconds. */
const inexactMs = 5_000;

export function clockCheck({ sources, isKept, now }: ClockParts): Check {
  return {
    name: 'clock',
    async look() {
      const compared = await Promise.all(sources.map((source) => differenceTo(source, now)));
      const known = compared.filter((each) => each !== null);
      const findings = known.map(findingOf);
      const kept = await isKept();
      if (kept === false)
        findings.push(
          warning(
            'The system does not keep its clock right',
            'Switch it on: timedatectl set-ntp true, or set up chrony with the university’s time server.',
          ),
        );
      if (findings.length > 0) return findings;
      if (kept === true) return [ok('The system keeps its clock right')];
      return [ok('There is nothing to compare the clock with: none of the servers in the settings says what time it is.')];
    },
  };
}

interface Difference {
  readonly name: string;
  readonly ms: number;
}

async function differenceTo({ name, now: there }: TimeSource, now: () => number): Promise<Difference | null> {
  const before = now();
  const said = await there().catch(() => null);
  // As if it had looked at its clock half way.
  return said === null ? null : { name, ms: (before + now()) / 2 - said };
}

function findingOf({ name, ms }: Difference): Finding {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const apart = `This machine's clock is ${seconds} s ${ms < 0 ? 'behind' : 'ahead of'} that of ${name}`;
  const todo = 'Set it right and keep it so (timedatectl set-ntp true, or chrony); if the other one is wrong, tell who runs it.';
  if (Math.abs(ms) > wrongMs) return broken(apart, todo);
  if (Math.abs(ms) > inexactMs) return warning(apart, todo);
  return ok(`The clock agrees with that of ${name}`);
}

/** A web server says the time with every answer, also with a refusal. */
export function webTime(name: string, url: string): TimeSource {
  return {
    name,
    async now() {
      const { headers } = await ask(url, { method: 'HEAD', trusting: true });
      const said = Date.parse(headers.date ?? '');
      // The second is cut off.
      return Number.isNaN(said) ? null : said + 500;
    },
  };
}
