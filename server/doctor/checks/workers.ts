// Whether the media worker is there, is the right one and starts, and whether it goes before everything else. Rule X11.
import { accessSync, constants, existsSync } from 'node:fs';
import type { PriorityReport } from '../../contract/capacity.ts';
import { broken, type Check, type Finding, ok, warning } from '../finding.ts';

export interface WorkersParts {
  /** Null: none was given and none was made. */
  readonly binary: string | null;
  /** Why the binary is no good, from a handshake and sound through it; undefined when it is good. */
  readonly faultOf: (binary: string) => Promise<string | undefined>;
  /** Of the server that runs; null when none does. */
  readonly running: () => { readonly alive: number; readonly priority: PriorityReport } | null;
  readonly wanted: number;
  /** Whether a process of ours may be raised, as the server raises its workers. */
  readonly mayRaise: () => Promise<boolean>;
  readonly howToRaise: string;
}

export function workersCheck(parts: WorkersParts): Check {
  return { name: 'workers', look: async () => [await binaryOf(parts), ...(await livesOf(parts))] };
}

async function binaryOf({ binary, faultOf }: WorkersParts): Promise<Finding> {
  if (binary === null) return broken('There is no media worker', 'Run npm run setup: it fetches or builds one.');
  if (!existsSync(binary))
    return broken(
      `There is no media worker at ${binary}`,
      'Correct or remove media.workerBin (MEDIASOUP_WORKER_BIN), or run npm run setup.',
    );
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    return broken(`The media worker ${binary} may not be run by this user`, `chmod a+rx ${binary}, and the folders above it.`);
  }
  const fault = await faultOf(binary);
  if (fault === undefined) return ok(`${binary} makes a handshake and carries sound`);
  return broken(
    `The media worker ${binary} is no good: ${fault.replace(/\s+/g, ' ')}`,
    'It has to be of the same version as the mediasoup package: remove media.workerBin (MEDIASOUP_WORKER_BIN) and run npm run setup.',
  );
}

async function livesOf({ running, wanted, mayRaise, howToRaise }: WorkersParts): Promise<readonly Finding[]> {
  const live = running();
  if (live === null)
    return (await mayRaise())
      ? [ok('Media workers can be raised above other processes')]
      : [warning('This user may not raise the media workers above other processes: on a busy machine sound will break up', howToRaise)];
  const findings: Finding[] = [];
  if (live.alive < wanted)
    findings.push(
      broken(
        `${live.alive} of ${wanted} media workers run`,
        'Look into the log of the server for why they ended (journalctl -u auditoria).',
      ),
    );
  if (!live.priority.isRaised)
    findings.push(warning('The media workers do not run at raised priority: on a busy machine sound will break up', howToRaise));
  return findings.length > 0 ? findings : [ok(`${live.alive} media workers run, at nice ${live.priority.workers ?? 0}`)];
}
