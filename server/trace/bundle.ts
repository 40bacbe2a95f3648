// The bundle of a lesson: its entries and what proves them, as lines of JSON that need no database to be checked (E6).
import { createHash } from 'node:crypto';
import type { LessonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { canonical } from './canonical.ts';
import type { ChainedRow } from './chain.ts';
import type { HeadsStore } from './heads.store.ts';
import { digestsOf } from './heads.ts';
import { pathOf } from './merkle.ts';
import type { ProofStore } from './proof.store.ts';

const headsPerPage = 200;

interface Stores {
  readonly heads: HeadsStore;
  readonly trace: ProofStore;
  readonly clock: Clock;
}

/** Lines with their line ends, some at a time. What is wrong in the tables is handed out as it is: the reader finds it. */
export async function* bundleOf(lessonId: LessonId, stores: Stores): AsyncGenerator<string> {
  const sum = createHash('sha256');
  let lines = 0;
  for await (const some of partsOf(lessonId, stores)) {
    const text = some.map((part) => `${canonical(part)}\n`).join('');
    sum.update(text);
    lines += some.length;
    yield text;
  }
  yield `${canonical({ line: 'end', lines, sha256: sum.digest('hex') })}\n`;
}

async function* partsOf(lessonId: LessonId, { heads, trace, clock }: Stores): AsyncGenerator<readonly object[]> {
  // In this order: entries and heads that come meanwhile make the bundle longer, not wrong.
  const chain = await trace.chain(lessonId);
  const leaves = await heads.leavesOf(lessonId);
  if (chain === null && leaves.length === 0 && !(await trace.hasEntries(lessonId)))
    throw new Refused('not-found', 'Nothing is recorded of this lesson');
  const expired = chain !== null && chain.expiredAt !== null;
  const sealedSeq = expired ? 0 : (chain?.sealedSeq ?? 0);
  yield [{ line: 'trace', format: 'auditoria-trace', v: 1, lessonId, exportedAt: clock.now(), sealedSeq, expired }];
  for await (const rows of trace.pages(lessonId)) if (rows.length > 0) yield rows.map(entryLine);
  const first = leaves[0] && (await heads.head(leaves[0].day));
  for (let from = first?.number; from !== undefined; ) {
    const page = await heads.heads(from, headsPerPage);
    for (const head of page) {
      const leaf = leaves.find(({ day }) => day === head.day);
      yield [{ line: 'head', ...head, leaf: leaf ? await leafLine(heads, head.day, lessonId) : null }];
    }
    from = page.length < headsPerPage ? undefined : (page.at(-1)?.number ?? 0) + 1;
  }
  const keys = await heads.keys();
  if (keys.length > 0) yield keys.map((key) => ({ line: 'key', ...key }));
}

function entryLine(row: ChainedRow): object {
  return {
    line: 'entry',
    ...{ seq: row.seq, at: row.at, kind: row.kind, personId: row.person_id, participantId: row.participant_id },
    ...{ connectionId: row.connection_id, detail: asCanonical(row.detail) },
    ...{ personal: row.personal === null ? null : asCanonical(row.personal), personalHash: row.personal_hash, hash: row.hash },
  };
}

/** A text that is not in canonical form was changed; it is shown as the text that it is. */
function asCanonical(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return canonical(value) === json ? value : json;
  } catch {
    return json.toWellFormed();
  }
}

async function leafLine(heads: HeadsStore, day: string, lessonId: string): Promise<object | null> {
  const leaves = await heads.leaves(day);
  const index = leaves.findIndex((leaf) => leaf.lessonId === lessonId);
  const leaf = leaves[index];
  if (leaf === undefined) return null;
  const path = pathOf(digestsOf(leaves), index).map((digest) => digest.toString('hex'));
  return { seq: leaf.seq, hash: leaf.hash, expired: leaf.expired, index, path };
}
