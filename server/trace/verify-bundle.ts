// Proves the bundle of a lesson without a database or any library: `node verify-bundle.mjs bundle.jsonl [keys.json]`, or verifyBundle() in a browser.

export interface BundleFault {
  readonly kind:
    | 'unreadable'
    | 'entry-changed'
    | 'personal-changed'
    | 'entry-missing'
    | 'entry-inserted'
    | 'out-of-order'
    | 'cut-off'
    | 'not-as-sealed'
    | 'lesson-missing'
    | 'day-missing'
    | 'day-changed'
    | 'signature-wrong'
    | 'key-unknown';
  /** Of the file, from 1; null when it is about what is not there. */
  readonly line: number | null;
  readonly lessonId?: string;
  readonly seq?: number;
  readonly sealedSeq?: number;
  readonly at?: number;
  readonly day?: string;
  readonly keyId?: string;
}

export interface BundleProof {
  readonly ok: boolean;
  readonly lessonId: string;
  readonly entries: number;
  /** Signed heads in the bundle. */
  readonly days: number;
  /** Entries after the last signed head: chained, not yet signed. */
  readonly unsealed: number;
  readonly erased: number;
  readonly expired: boolean;
  /** Of the key that everything leads back to: compare it with the one that the university publishes. */
  readonly firstKeyId: string | null;
  /** Whether keys from elsewhere were given, and so are no part of the bundle's own word. */
  readonly keysCompared: boolean;
  /** At most 100. */
  readonly faults: readonly BundleFault[];
}

type Fields = Readonly<Record<string, unknown>>;
interface Line {
  readonly at: number;
  readonly fields: Fields;
}
interface Leaf {
  readonly seq: number;
  readonly hash: string;
  readonly expired: boolean;
  readonly index: number;
  readonly path: readonly string[];
}

const noHash = '0'.repeat(64);
const mostFaults = 100;

// Reading

/** JSON as RFC 8785 writes it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** What each line must have, and nothing else. */
const shapes: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  trace: {
    format: (v) => v === 'auditoria-trace',
    v: (v) => v === 1,
    lessonId: isText,
    exportedAt: isCount,
    sealedSeq: isCount,
    expired: isFlag,
  },
  entry: {
    ...{ seq: isCount, at: () => true, kind: isText, personId: isTextOrNull, participantId: isTextOrNull, connectionId: isTextOrNull },
    ...{ detail: () => true, personal: () => true, personalHash: isTextOrNull, hash: isText },
  },
  head: {
    ...{ day: isText, number: isCount, lessons: isCount, root: isText, previous: isText, hash: isText, keyId: isText },
    ...{ signature: isText, signedAt: isCount, leaf: (v) => v === null || leafOf(v) !== null },
  },
  key: {
    ...{ id: isText, publicKey: isText, createdAt: isCount, retiredAt: (v) => v === null || isCount(v) },
    ...{ endorsedBy: isTextOrNull, endorsement: isTextOrNull },
  },
  end: { lines: isCount, sha256: isHash },
};

function leafOf(value: unknown): Leaf | null {
  if (!isFields(value) || Object.keys(value).length !== 5) return null;
  const { seq, hash, expired, index, path } = value;
  if (!isCount(seq) || !isHash(hash) || !isFlag(expired) || !isCount(index) || !Array.isArray(path) || !path.every(isHash)) return null;
  return { seq, hash, expired, index, path };
}

function read(text: string, at: number): Line | null {
  try {
    const fields: unknown = JSON.parse(text);
    if (!isFields(fields) || canonical(fields) !== text || !isText(fields.line) || !Object.hasOwn(shapes, fields.line)) return null;
    const shape = Object.entries(shapes[fields.line] ?? {});
    const isWhole =
      Object.keys(fields).length === shape.length + 1 && shape.every(([key, fits]) => Object.hasOwn(fields, key) && fits(fields[key]));
    return isWhole ? { at, fields } : null;
  } catch {
    return null;
  }
}

const textOf = ({ fields }: Line, key: string): string => String(fields[key]);
const numberOf = ({ fields }: Line, key: string): number => Number(fields[key]);

// Hashes and signatures

const subtle = globalThis.crypto?.subtle;

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

function hexOf(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}

async function sha256(data: string | readonly number[]): Promise<string> {
  return hexOf(await subtle.digest('SHA-256', typeof data === 'string' ? bytesOf(data) : Uint8Array.from(data)));
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const back = btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return back === text ? Uint8Array.from(binary, (sign) => sign.charCodeAt(0)) : null;
}

async function isSigned(text: string, signature: string, publicKey: string): Promise<boolean> {
  try {
    const [key, bytes] = [fromBase64url(publicKey), fromBase64url(signature)];
    if (key === null || bytes === null) return false;
    const imported = await subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await subtle.verify({ name: 'Ed25519' }, imported, bytes, bytesOf(text));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotSupportedError')
      throw new Error('This browser or Node cannot check Ed25519 signatures; use Node 20 or newer, or a current browser.');
    return false;
  }
}

/** RFC 9162, 2.1.3.2. */
async function isInTree(leafText: string, { index, path }: Leaf, size: number, root: string): Promise<boolean> {
  if (index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash = await sha256([0, ...bytesOf(leafText)]);
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = await sha256([1, ...fromHex(sibling), ...fromHex(hash)]);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else hash = await sha256([1, ...fromHex(hash), ...fromHex(sibling)]);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash === root;
}

// Entries

async function personalState(personal: unknown, personalHash: unknown): Promise<'whole' | 'changed' | 'erased'> {
  if (personal === null) return personalHash === null ? 'whole' : 'erased';
  if (!isFields(personal) || personalHash === null) return 'changed';
  const hashes = new Map<string, string>();
  let isErased = false;
  for (const [key, part] of Object.entries(personal)) {
    if (Array.isArray(part) && part.length === 2 && isText(part[0])) hashes.set(key, await sha256(canonical([part[0], key, part[1]])));
    else if (isHash(part)) {
      hashes.set(key, part);
      isErased = true;
    } else return 'changed';
  }
  if ((await sha256(canonical(Object.fromEntries(hashes)))) !== personalHash) return 'changed';
  return isErased ? 'erased' : 'whole';
}

function hashOfEntry({ fields }: Line, lessonId: string, previous: string, seq: unknown): Promise<string> {
  const { at, kind, personId, participantId, connectionId, detail, personalHash: personal } = fields;
  return sha256(canonical({ v: 1, lessonId, seq, at, kind, personId, participantId, connectionId, detail, personal, previous }));
}

/** Where the entries begin. Null: nobody knows the hash any more, and the first entry is believed. */
interface Start {
  readonly seq: number;
  readonly hash: string | null;
}

interface Chain {
  /** Of each entry, by its number. */
  readonly hashes: ReadonlyMap<number, string>;
  readonly last: number;
  readonly erased: number;
}

async function checkEntries(
  lines: readonly Line[],
  { lessonId, start, fault }: { readonly lessonId: string; readonly start: Start; readonly fault: (fault: BundleFault) => void },
): Promise<Chain> {
  const hashes = new Map<number, string>();
  let erased = 0;
  // Each number once, in their order: what stands elsewhere in the file is named, and put back.
  const entries: Line[] = [];
  const numbers = new Set<number>();
  let highest = start.seq;
  for (const line of lines) {
    const seq = numberOf(line, 'seq');
    if (numbers.has(seq) || seq <= start.seq) fault({ kind: 'entry-inserted', line: line.at, seq });
    else {
      if (seq < highest) fault({ kind: 'out-of-order', line: line.at, seq });
      entries.push(line);
      numbers.add(seq);
    }
    highest = Math.max(highest, seq);
  }
  entries.sort((a, b) => numberOf(a, 'seq') - numberOf(b, 'seq'));

  let last = start.seq;
  let previous: readonly string[] | null = start.hash === null ? null : [start.hash];
  let moved = 0;
  const fits = async (line: Line, before: readonly string[], by: number) => {
    for (const hash of before)
      if ((await hashOfEntry(line, lessonId, hash, numberOf(line, 'seq') + by)) === textOf(line, 'hash')) return true;
    return false;
  };
  const exchanged = new Set<Line>();
  for (const [index, line] of entries.entries()) {
    const seq = numberOf(line, 'seq');
    const hash = textOf(line, 'hash');
    const next = entries[index + 1];
    for (let missing = last + 1; missing < seq && missing <= last + mostFaults; missing += 1)
      fault({ kind: 'entry-missing', line: null, seq: missing });
    if (seq > last + 1) previous = null;
    const before: readonly string[] | null = previous;
    let then: readonly string[] = [hash];
    if (before !== null && !exchanged.has(line) && !(await fits(line, before, moved))) {
      const wasBefore = next !== undefined && (await fits(next, before, moved - 1));
      if (wasBefore && (await fits(line, [textOf(next, 'hash')], moved + 1))) {
        fault({ kind: 'out-of-order', line: line.at, seq });
        exchanged.add(next);
        hashes.set(seq, textOf(next, 'hash'));
        hashes.set(seq + 1, hash);
      } else if (wasBefore) {
        fault({ kind: 'entry-inserted', line: line.at, seq });
        moved -= 1;
        then = before;
      } else if (next !== undefined && !(await fits(next, [hash], moved)) && (await fits(next, [hash], moved + 1))) {
        fault({ kind: 'entry-missing', line: line.at, seq });
        moved += 1;
      } else {
        const at = numberOf(line, 'at');
        fault({ kind: 'entry-changed', line: line.at, seq, ...(Number.isSafeInteger(at) && { at }) });
        then = [hash, ...(await Promise.all(before.map((one) => hashOfEntry(line, lessonId, one, seq))))];
      }
    }
    if (exchanged.has(line)) then = previous ?? then;
    const state = await personalState(line.fields.personal, line.fields.personalHash);
    if (state === 'changed') fault({ kind: 'personal-changed', line: line.at, seq });
    if (state === 'erased') erased += 1;
    hashes.set(seq, hashes.get(seq) ?? hash);
    previous = then;
    last = seq;
  }
  return { hashes, last, erased };
}

// Keys and heads

/** The keys that lead back to the first, or to those that were given; oldest first. */
async function trusted(keys: readonly Line[], given: ReadonlyMap<string, string> | null): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [index, key] of keys.entries()) {
    const [id, publicKey, endorser] = [textOf(key, 'id'), textOf(key, 'publicKey'), found.get(textOf(key, 'endorsedBy'))];
    if (id !== (await sha256(publicKey)).slice(0, 16)) continue;
    if (given !== null) {
      if (given.get(id) === publicKey) found.set(id, publicKey);
      continue;
    }
    const said = canonical({ v: 1, id, publicKey, createdAt: key.fields.createdAt });
    const isFirst = index === 0 && key.fields.endorsedBy === null;
    if (isFirst || (endorser !== undefined && (await isSigned(said, textOf(key, 'endorsement'), endorser)))) found.set(id, publicKey);
  }
  return found;
}

/** Null for a time that no calendar knows. */
function isoOf(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function daysBefore(day: string, count: number): string {
  return isoOf(Date.parse(day) - count * 86_400_000)?.slice(0, 10) ?? day;
}

async function checkHeads(
  heads: readonly Line[],
  options: {
    readonly lessonId: string;
    readonly keys: ReadonlyMap<string, string>;
    readonly chain: Chain;
    readonly fault: (fault: BundleFault) => void;
  },
): Promise<void> {
  const { lessonId, keys, chain, fault } = options;
  const isExpired = heads.some(({ fields }) => leafOf(fields.leaf)?.expired === true);
  let before: Line | null = null;
  const [first] = heads;
  // They begin with the one that first signed the lesson.
  if (first !== undefined && leafOf(first.fields.leaf) === null)
    fault({ kind: 'day-missing', line: first.at, day: daysBefore(textOf(first, 'day'), 1) });
  for (const head of heads) {
    const [day, number, hash, keyId] = [textOf(head, 'day'), numberOf(head, 'number'), textOf(head, 'hash'), textOf(head, 'keyId')];
    const { lessons, root, previous, signedAt } = head.fields;
    const at = { line: head.at, day };
    if (before !== null && number > numberOf(before, 'number') + 1) {
      const missing = Math.min(number - numberOf(before, 'number') - 1, mostFaults);
      for (let back = missing; back > 0; back -= 1) fault({ kind: 'day-missing', line: head.at, day: daysBefore(day, back) });
    } else if (before !== null && (number !== numberOf(before, 'number') + 1 || previous !== textOf(before, 'hash')))
      fault({ kind: 'day-changed', ...at });
    before = head;
    if ((await sha256(canonical({ v: 1, day, number, lessons, root, previous, keyId, signedAt }))) !== hash)
      fault({ kind: 'day-changed', ...at });
    const key = keys.get(keyId);
    if (key === undefined) fault({ kind: 'key-unknown', ...at, keyId });
    else if (!(await isSigned(hash, textOf(head, 'signature'), key))) fault({ kind: 'signature-wrong', ...at, keyId });
    const leaf = leafOf(head.fields.leaf);
    if (leaf === null) continue;
    const said = canonical({ lessonId, seq: leaf.seq, hash: leaf.hash, expired: leaf.expired });
    if (!(await isInTree(said, leaf, Number(lessons), String(root)))) fault({ kind: 'day-changed', ...at });
    const stored = chain.hashes.get(leaf.seq);
    if (stored !== undefined && stored !== leaf.hash) fault({ kind: 'not-as-sealed', ...at, seq: leaf.seq });
    if (stored === undefined && !isExpired && chain.last === 0) fault({ kind: 'lesson-missing', ...at });
    if (stored === undefined && !isExpired && chain.last > 0 && leaf.seq > chain.last)
      fault({ kind: 'cut-off', line: null, seq: chain.last, sealedSeq: leaf.seq });
  }
}

// The whole

/**
 * @param text the bundle
 * @param published the answer of `/.well-known/auditoria-trace-keys.json`, fetched or kept apart from the bundle; without it the
 * bundle is proven by the keys that it brings itself
 */
export async function verifyBundle(text: string, published?: unknown): Promise<BundleProof> {
  if (subtle === undefined) throw new Error('Web Crypto is not there: open the page over HTTPS, or use Node 20 or newer.');
  const faults: BundleFault[] = [];
  const seen = new Set<string>();
  let lessonId = '';
  const fault = (found: BundleFault) => {
    const known = canonical({ ...found, line: 0 });
    if (seen.has(known) || faults.length >= mostFaults) return;
    if (found.kind !== 'unreadable') seen.add(known);
    faults.push({ ...found, lessonId });
  };
  const texts = text.split('\n');
  if (texts.pop() !== '') fault({ kind: 'unreadable', line: texts.length + 1 });
  const lines: Line[] = [];
  for (const [index, one] of texts.entries()) {
    const line = read(one, index + 1);
    if (line === null) fault({ kind: 'unreadable', line: index + 1 });
    else lines.push(line);
  }
  const of = (kind: string) => lines.filter(({ fields }) => fields.line === kind);
  const [header] = of('trace');
  const end = lines.at(-1);
  lessonId = header ? textOf(header, 'lessonId') : '';
  if (header?.at !== 1 || of('trace').length !== 1) fault({ kind: 'unreadable', line: 1 });
  const body = `${texts.slice(0, -1).join('\n')}\n`;
  const isWhole =
    end?.fields.line === 'end' && of('end').length === 1 && end.at === texts.length && numberOf(end, 'lines') === texts.length - 1;
  if (!isWhole) fault({ kind: 'unreadable', line: texts.length });

  const heads = of('head');
  const keys = of('key');
  const leaves = heads.map(({ fields }) => leafOf(fields.leaf)).filter((leaf) => leaf !== null);
  const isExpired = leaves.some((leaf) => leaf.expired) || header?.fields.expired === true;
  const start = isExpired ? startOf(of('entry'), leaves) : { seq: 0, hash: noHash };
  const chain = await checkEntries(of('entry'), { lessonId, start, fault });
  const given = published === undefined ? null : keysFrom(published);
  await checkHeads(heads, { lessonId, keys: await trusted(keys, given), chain, fault });
  const signed = Math.max(0, ...heads.map(({ fields }) => leafOf(fields.leaf)?.seq ?? 0));
  const sealed = header ? numberOf(header, 'sealedSeq') : 0;
  if (!isExpired && sealed > chain.last) fault({ kind: 'cut-off', line: null, seq: chain.last, sealedSeq: sealed });
  if (!isExpired && sealed > signed) fault({ kind: 'day-missing', line: null, ...lastDayOf(of('entry'), sealed) });
  // Last: where a line is named that is wrong, this says nothing more.
  if (isWhole && faults.length === 0 && textOf(end, 'sha256') !== (await sha256(body))) fault({ kind: 'unreadable', line: end.at });
  return {
    ...{ ok: faults.length === 0, lessonId, entries: of('entry').length, days: heads.length },
    ...{ unsealed: isExpired ? 0 : Math.max(0, chain.last - signed), erased: chain.erased, expired: isExpired },
    firstKeyId: keys[0] ? textOf(keys[0], 'id') : null,
    keysCompared: given !== null,
    faults,
  };
}

/** What came after a trace was removed goes on from where it stood: a head may have signed it then, or a while before, or later. */
function startOf(entries: readonly Line[], leaves: readonly Leaf[]): Start {
  const first = entries.reduce((least, entry) => Math.min(least, numberOf(entry, 'seq')), Number.POSITIVE_INFINITY);
  const before = leaves.findLast(({ seq, expired }) => !expired || seq < first);
  if (before !== undefined && before.seq >= first - 1) return before;
  return Number.isFinite(first) ? { seq: first - 1, hash: null } : { seq: 0, hash: noHash };
}

function lastDayOf(entries: readonly Line[], sealed: number): { day?: string } {
  const at = numberOf(entries.findLast((line) => numberOf(line, 'seq') <= sealed) ?? { at: 0, fields: { at: Number.NaN } }, 'at');
  const day = isoOf(at)?.slice(0, 10);
  return day === undefined ? {} : { day };
}

function keysFrom(published: unknown): Map<string, string> {
  const keys: unknown = isFields(published) ? published.keys : null;
  if (!Array.isArray(keys)) throw new Error('The file of keys is not the one that the server publishes.');
  return new Map(keys.filter(isFields).map((key) => [String(key.id), String(key.publicKey)]));
}

// As a program

const sentences = {
  unreadable: 'This line is not as it was written: it cannot be read, or not proven.',
  'entry-changed': 'This entry was changed after it was written.',
  'personal-changed': 'The name, device, address or words in this entry were changed.',
  'entry-missing': 'An entry was removed here.',
  'entry-inserted': 'This entry was put in.',
  'out-of-order': 'This entry does not stand where it was written.',
  'cut-off': 'The last entries were removed.',
  'not-as-sealed': 'The entries up to here are not the ones that were signed on that day: they were written anew.',
  'lesson-missing': 'This lesson was signed on that day, and its entries are gone.',
  'day-missing': 'The signed head of this day was removed.',
  'day-changed': 'The head of this day, or what it says of the lesson, was changed.',
  'signature-wrong': 'The signature of this day is not valid.',
  'key-unknown': 'This day was signed with a key that is not the university\u2019s.',
  'not-as-witnessed': 'The head of this day is not the one that is kept in the file beside the database.',
};

/** One fault in one line of English, with where it is. */
export function sentenceOf(fault: {
  readonly kind: keyof typeof sentences;
  readonly line?: number | null;
  readonly seq?: number;
  readonly sealedSeq?: number;
  readonly at?: number | null;
  readonly day?: string;
  readonly keyId?: string;
}): string {
  const where = [
    fault.line && `line ${fault.line}`,
    fault.seq !== undefined && `entry ${fault.seq}`,
    fault.sealedSeq !== undefined && `of ${fault.sealedSeq}`,
    fault.at !== undefined && fault.at !== null && (isoOf(fault.at) ?? `time ${fault.at}`),
    fault.day && `day ${fault.day}`,
    fault.keyId && `key ${fault.keyId}`,
  ].filter(Boolean);
  return `${where.length > 0 ? `${where.join(', ')}: ` : ''}${sentences[fault.kind]} [${fault.kind}]`;
}

/** What no day has signed fits together, and could have been written by anybody. */
function verdictOf({ ok, faults, entries, days, unsealed }: BundleProof): string {
  if (!ok) return `NOT PROVEN: ${faults.length}${faults.length === mostFaults ? ' or more' : ''} faults.`;
  const yet = 'are chained, and not signed: they will be in the next signed day, and until then nothing proves who wrote them.';
  if (days === 0) return `NOT SIGNED YET: nothing is wrong, but all ${entries} entries ${yet}`;
  if (unsealed === 0) return 'PROVEN: nothing was changed, removed or put in.';
  return `PROVEN: nothing was changed, removed or put in, but for the last ${unsealed} entries: they ${yet}`;
}

function report(proof: BundleProof): string {
  const { entries, days, erased } = proof;
  const lines = [
    `Lesson ${proof.lessonId}: ${entries} entries, ${days} signed days.`,
    ...(proof.expired ? ['Its entries were removed by the rule of how long they are kept; the signed heads say so.'] : []),
    ...(erased > 0 ? [`In ${erased} of the entries something personal was erased by law; all else of them is proven.`] : []),
    ...(days > 0 && !proof.keysCompared
      ? [
          `The keys are those of the bundle itself. Its first key is ${proof.firstKeyId}: compare it with the one that the university publishes.`,
        ]
      : []),
    ...proof.faults.map((fault) => `  ${sentenceOf(fault)}`),
    verdictOf(proof),
  ];
  return `${lines.join('\n')}\n`;
}

/** A line with bytes that are no UTF-8 is left empty, and so found: they must not pass as the sign that stands for them. */
function textOfBytes(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end === -1 ? bytes.length : end;
    try {
      lines.push(decoder.decode(bytes.subarray(from, to)));
    } catch {
      lines.push('');
    }
    from = to + 1;
  }
  return lines.join('\n');
}

async function main([bundle, keys]: readonly string[]): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  if (bundle === undefined) {
    process.stderr.write('Say which bundle to prove: node verify-bundle.mjs bundle.jsonl [keys.json]\n');
    return 2;
  }
  try {
    const text = textOfBytes(await readFile(bundle));
    const published: unknown = keys === undefined ? undefined : JSON.parse(await readFile(keys, 'utf8'));
    const proof = await verifyBundle(text, published);
    process.stdout.write(report(proof));
    // Whoever brings the university's keys wants to know whether they have signed it.
    return proof.ok && (proof.days > 0 || !proof.keysCompared) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The bundle could not be checked: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** By whatever name it was saved: a verifier that does nothing would end as if all were well. */
async function isProgram(): Promise<boolean> {
  const program = typeof process === 'object' ? process.argv?.[1] : undefined;
  if (program === undefined) return false;
  const [{ realpath }, { pathToFileURL }] = await Promise.all([import('node:fs/promises'), import('node:url')]);
  return realpath(program).then(
    (path) => pathToFileURL(path).href === import.meta.url,
    () => false,
  );
}

if (await isProgram()) process.exitCode = await main(process.argv.slice(2));
