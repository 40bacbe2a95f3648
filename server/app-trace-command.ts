// npm run trace: proves the trace, hands out a bundle, or changes the key, beside a server that runs or without one.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConfigFaulty, loadConfig } from '../config/load.ts';
import { systemClock } from './adapters/system-clock.ts';
import { openEvidence } from './app-trace.ts';
import type { Actor } from './audit/actor.ts';
import { AuditService } from './audit/audit.service.ts';
import { AuditStore } from './audit/audit.store.ts';
import type { TraceProof } from './contract/evidence.ts';
import { LessonId, LocalDate, PersonId } from './contract/ids.ts';
import { Refused } from './contract/reply.ts';
import { openDatabase } from './database/open.ts';
import { openLog } from './log.ts';
import { TimetableStore } from './timetable/timetable.store.ts';
import { sentenceOf } from './trace/verify-bundle.ts';

const usage = `Use it so:
  npm run trace -- verify                    proves everything, entry by entry
  npm run trace -- verify 2026-09-07         proves a day
  npm run trace -- verify <lesson>           proves the trace of a lesson, by the id in its address
  npm run trace -- export <lesson> <file>    writes a bundle that can be proven without this server
  npm run trace -- rotate                    signs with a new key from now on
It ends with 0 when all is well, 1 when something is not proven, 2 when it could not be done.
`;
const operator: Actor = { kind: 'server', id: PersonId.parse('server'), displayName: '', roles: [], address: '' };

process.umask(0o077);
process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const isPlain = error instanceof ConfigFaulty || error instanceof Refused;
  process.stderr.write(`${isPlain ? error.message : `It could not be done: ${error instanceof Error ? error.message : String(error)}`}\n`);
  return 2;
});

async function run([verb, subject, file]: readonly string[]): Promise<number> {
  const isKnown = verb === 'verify' || verb === 'rotate' || (verb === 'export' && subject !== undefined && file !== undefined);
  if (!isKnown) {
    process.stderr.write(usage);
    return 2;
  }
  const config = loadConfig(process.env, process.cwd());
  const database = await openDatabase(config.databaseUrl ?? join(config.dataDir, 'auditoria.sqlite'));
  try {
    const { db } = database;
    const audit = new AuditService({ store: new AuditStore(db), clock: systemClock });
    const log = openLog({ level: 'warn', format: 'text' }, process.stderr);
    const { proofs, exports } = openEvidence({ config, db, clock: systemClock, log, audit });
    if (verb === 'verify') return tell(subject === undefined ? await proofs.all(showProgress) : await proofOf(proofs, subject));
    if (verb === 'rotate') {
      const key = await exports.rotate(operator);
      process.stdout.write(`The trace is signed with key ${key.id} from now on. Publish it: its public part is ${key.publicKey}\n`);
      return 0;
    }
    const id = lessonIdOf(subject);
    const lesson = await new TimetableStore(db).find(id);
    if (lesson === null) throw new Refused('not-found', `There is no lesson ${subject}`);
    await pipeline(
      Readable.from(await exports.bundle(operator, { id, title: lesson.title })),
      createWriteStream(file ?? '', { mode: 0o600 }),
    );
    process.stdout.write(
      `Written: ${file}\nProve it anywhere: node verify-bundle.mjs ${file} (the verifier is at /trace/verify-bundle.mjs)\n`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

function proofOf(proofs: ReturnType<typeof openEvidence>['proofs'], subject: string): Promise<TraceProof> {
  const day = LocalDate.safeParse(subject);
  return day.success ? proofs.day(day.data) : proofs.lesson(lessonIdOf(subject));
}

function lessonIdOf(subject: string | undefined): LessonId {
  const id = LessonId.safeParse(subject);
  if (!id.success) throw new Refused('bad-request', `${subject} is neither a day like 2026-09-07 nor the id of a lesson`);
  return id.data;
}

function showProgress(lessons: number): void {
  if (process.stderr.isTTY && lessons % 100 === 0) process.stderr.write(`\r${lessons} lessons`);
}

function tell(proof: TraceProof): number {
  const { entries, lessons, days, unsealed, erased, expired } = proof;
  const lines = [
    `${entries} entries of ${lessons} lessons, and ${days} signed days, in ${(proof.durationMs / 1000).toFixed(1)} s.`,
    ...(unsealed > 0 ? [`${unsealed} of the entries are chained, and not signed yet: they will be in the next signed day.`] : []),
    ...(erased > 0 ? [`In ${erased} entries something personal was erased by law; all else of them is proven.`] : []),
    ...(expired > 0 ? [`The traces of ${expired} lessons were removed by the rule of how long they are kept.`] : []),
    ...proof.faults.map(({ ...fault }) => `  ${'lessonId' in fault ? `lesson ${fault.lessonId}, ` : ''}${sentenceOf(fault)}`),
    proof.ok
      ? 'PROVEN: nothing was changed, removed or put in.'
      : `NOT PROVEN: ${proof.faults.length}${proof.faults.length === 100 ? ' or more' : ''} faults.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return proof.ok ? 0 : 1;
}
