// Whether the machine has memory and files enough for the server and its media workers. Rule X15.
import { broken, type Check, type Finding, ok, warning } from '../finding.ts';

export interface Machine {
  /** What programs may still take, in bytes; with a container's limit, what is left of that. */
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly cores: number;
  /** How many files and sockets the server that runs may have open; null when none runs, or it may not be known. */
  readonly openFiles: number | null;
}

const megabyte = 1024 ** 2;
/** Of a server with a few full classes. */
const mainBytes = 400 * megabyte;
const workerBytes = 60 * megabyte;
/** A person has a socket and two transports; a recording a file for each track. */
const leastFiles = 16_384;

export function machineCheck(read: () => Promise<Machine>, workers: number): Check {
  return {
    name: 'machine',
    async look() {
      const { freeBytes, totalBytes, cores, openFiles } = await read();
      const findings: Finding[] = [];
      const needed = openFiles === null ? mainBytes + workers * workerBytes : workers * workerBytes;
      const free = `${Math.round(freeBytes / megabyte)} of ${Math.round(totalBytes / megabyte)} MB of memory are free`;
      const more = `End what takes it, or give the machine more: ${Math.round(needed / megabyte)} MB are wanted for ${workers} media workers${openFiles === null ? ' and the server' : ''}.`;
      if (freeBytes < needed / 2) findings.push(broken(free, more));
      else if (freeBytes < needed) findings.push(warning(free, more));
      if (workers > cores)
        findings.push(warning(`${workers} media workers share ${cores} cores`, 'Set media.workers to 0: one for each core carries most.'));
      if (openFiles !== null && openFiles < leastFiles)
        findings.push(
          warning(
            `The server may open ${openFiles} files and sockets`,
            'Set LimitNOFILE=65536 in its unit, as config/deploy/auditoria.service does.',
          ),
        );
      return findings.length > 0 ? findings : [ok(`${free}, ${cores} cores, ${workers} media workers`)];
    },
  };
}
