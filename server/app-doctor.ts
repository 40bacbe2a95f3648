// npm run doctor: builds the checks from the settings, as far as these hold, and tells what they found. Starts nothing that stays.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { examineConfig, settingsFile, warnings } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { asJson, asText, exitCodeOf } from '../config/setup/report.mjs';
import { provideFor, remainingFor } from '../config/setup/setup.mjs';
import { faultOf } from '../config/setup/worker/proof.mjs';
import { announcedAddresses } from './adapters/mediasoup/listen-infos.ts';
import { mailOf } from './app-mail.ts';
import { listeningOf } from './app-media.ts';
import { howToRaise, systemPriorities, WorkerPriority, workerNice } from './capacity/priority.ts';
import { hostOf } from './doctor/addresses.ts';
import { addressCheck } from './doctor/checks/address.ts';
import { certificateCheck } from './doctor/checks/certificate.ts';
import { clockCheck, type TimeSource, webTime } from './doctor/checks/clock.ts';
import { databaseCheck } from './doctor/checks/database.ts';
import { diskCheck } from './doctor/checks/disk.ts';
import { heldCheck } from './doctor/checks/held.ts';
import { machineCheck } from './doctor/checks/machine.ts';
import { mailCheck } from './doctor/checks/mail.ts';
import { portsCheck } from './doctor/checks/ports.ts';
import { relayCheck } from './doctor/checks/relay.ts';
import { secretsCheck } from './doctor/checks/secrets.ts';
import { serverCheck } from './doctor/checks/server.ts';
import { settingsCheck, setUpCheck } from './doctor/checks/settings.ts';
import { workersCheck } from './doctor/checks/workers.ts';
import { databaseState, databaseTime } from './doctor/database-state.ts';
import { examine } from './doctor/examine.ts';
import type { Check, Examined } from './doctor/finding.ts';
import { isClockKept, outgoingPorts, readMachine } from './doctor/machine.ts';
import { readOptions, usage } from './doctor/options.ts';
import { becomeOwnerOf } from './doctor/own-user.ts';
import { readPortHolders } from './doctor/port-holders.ts';
import { presence } from './doctor/presence.ts';
import { findServer, type RunningServer, workerPids } from './doctor/running-server.ts';

/** Longer than a media worker that is wrong keeps silent. */
const eachWithinMs = 45_000;

process.umask(0o077);
await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  // Root sees who holds a port; the rest is looked at as the server sees it.
  const holders = readPortHolders();
  becomeOwnerOf(examineConfig(process.env, process.cwd()).config.dataDir);
  const { first, others } = checks(holders);
  const options = readOptions(
    words,
    [...first, ...others].map(({ name }) => name),
  );
  if (options === null) {
    process.stderr.write(`${usage}Checks: ${[...first, ...others].map(({ name }) => name).join(', ')}\n`);
    process.exit(2);
  }
  const wanted = ({ name }: Check) => options.only === null || options.only.includes(name);
  const found: Examined[] = [];
  // Ports that are tried, and a database that is read through, would disturb the others.
  for (const check of first.filter(wanted)) found.push(...(await examine([check], eachWithinMs)));
  found.push(...(await examine(others.filter(wanted), eachWithinMs)));
  process.stdout.write(options.json ? asJson(found) : asText(found), () => process.exit(exitCodeOf(found)));
}

function checks(holders: ReturnType<typeof readPortHolders>): { readonly first: readonly Check[]; readonly others: readonly Check[] } {
  const folder = process.cwd();
  const env = { ...process.env };
  provideFor('serve', env);
  const { config, faults, secretFiles } = examineConfig(env, folder);
  const named = settingsFile(env, folder);
  const file = existsSync(named) ? named : null;
  const { dataDir, media, mail, publicUrl, tls } = config;
  const server = findServer(dataDir);
  const serverPid = server?.instance?.pid ?? null;
  const workers = media.workers || availableParallelism();
  const { listenIps } = listeningOf(config);
  const announced = announcedAddresses(listeningOf(config));
  const now = () => Date.now();
  const where = config.databaseUrl ?? join(dataDir, 'auditoria.sqlite');
  return {
    first: [
      settingsCheck({ file, faults, warnings: warnings(config) }),
      // The media worker has a check of its own.
      setUpCheck(() => remainingFor('serve', env).filter(({ name }) => name !== 'Media worker')),
      serverCheck(server),
      portsCheck({ web: config, media: { listenIps, portBase: media.portBase, workers }, serverPid, holders, outgoing: outgoingPorts() }),
      databaseCheck(() => databaseState(where)),
    ],
    others: [
      heldCheck(dataDir, server !== null),
      diskCheck({ dataDir, recordingDir: config.recording.dir ?? join(dataDir, 'recordings') }),
      secretsCheck({ dataDir, settingsFile: file, named: secretFiles }),
      machineCheck(() => readMachine(serverPid), workers),
      workersCheck({
        binary: media.workerBin,
        ...{ faultOf, mayRaise, howToRaise, wanted: workers },
        running: () => runningWorkers(server),
      }),
      certificateCheck({
        ...{ tls, now, publicHost: publicUrl === null ? null : hostOf(publicUrl) },
        servedAt: server?.instance?.url ?? null,
      }),
      addressCheck({ publicUrl, listenIps, announced, present: () => presence(server, config) }),
      relayCheck({ ice: config.ice, announced, mediaPort: media.portBase, now }),
      mailCheck(mail.host, mail.host === null ? null : () => tryMail(config)),
      clockCheck({ sources: timeSources(config), isKept: isClockKept, now }),
    ],
  };
}

async function tryMail(config: Config): Promise<void> {
  const mail = mailOf(config);
  try {
    await mail?.verify();
  } finally {
    mail?.close();
  }
}

function runningWorkers(server: RunningServer | null) {
  if (server?.instance == null) return null;
  const pids = workerPids(server.instance);
  const quiet = { info: () => undefined, warn: () => undefined };
  const priority = new WorkerPriority({
    priorities: systemPriorities,
    mainPid: server.instance.pid,
    recorderPid: () => undefined,
    log: quiet,
  });
  return { alive: pids.length, priority: priority.report(pids) };
}

/** Tried on a process that does nothing and ends with us. */
async function mayRaise(): Promise<boolean> {
  const idle = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    return idle.pid !== undefined && systemPriorities.set(idle.pid, workerNice);
  } finally {
    idle.kill('SIGKILL');
  }
}

/** Servers that the settings name anyway. */
function timeSources({ signIn, records, recording, databaseUrl }: Config): readonly TimeSource[] {
  const addresses = [
    ...signIn.providers.flatMap((one) => (one.kind === 'oidc' ? [one.issuer] : one.kind === 'saml' ? [one.entryPoint] : [])),
    records.lrsUrl,
    recording.s3Endpoint,
  ].filter((url) => url !== null);
  const web = [...new Set(addresses)].map((url) => webTime(hostOf(url), url));
  return databaseUrl === null ? web : [...web, { name: 'the database', now: () => databaseTime(databaseUrl) }];
}
