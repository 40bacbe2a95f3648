// A learning record store on the loopback: keeps each statement once by its id, refuses batches with a bad one, and can behave badly.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Answer, ScriptedServer } from './scripted-server.ts';

const iri = z.url();
const Agent = z.strictObject({
  objectType: z.literal('Agent'),
  account: z.strictObject({ homePage: iri, name: z.string().min(1) }),
  name: z.string().optional(),
});
const LanguageMap = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string());
const Activity = z.strictObject({
  objectType: z.literal('Activity'),
  id: iri,
  definition: z.strictObject({ type: iri, name: LanguageMap.optional(), interactionType: z.literal('true-false').optional() }),
});
const Duration = z.string().regex(/^PT\d+(\.\d{1,2})?S$/);
const Extensions = z.record(iri, z.unknown());
/** What of xAPI 1.0.3 we use, strictly (Data, 2.3 to 4.2): an unknown property is a fault, as in a real store. */
export const Statement = z.strictObject({
  id: z.uuid({ version: 'v5' }),
  actor: Agent,
  verb: z.strictObject({ id: iri, display: LanguageMap }),
  object: Activity,
  result: z
    .strictObject({
      score: z.strictObject({ scaled: z.number().min(-1).max(1) }).optional(),
      success: z.boolean().optional(),
      completion: z.boolean().optional(),
      response: z.string().optional(),
      duration: Duration.optional(),
      extensions: Extensions.optional(),
    })
    .optional(),
  context: z.strictObject({
    registration: z.uuid(),
    instructor: Agent.optional(),
    platform: z.string(),
    language: z.string().optional(),
    contextActivities: z.strictObject({
      parent: z.array(Activity).optional(),
      grouping: z.array(Activity).optional(),
      category: z.array(Activity),
    }),
    extensions: Extensions,
  }),
  timestamp: z.iso.datetime(),
});
export type Statement = z.infer<typeof Statement>;

export class LrsServer {
  /** By id, in the order in which they came. */
  readonly stored = new Map<string, Statement>();
  /** How often it was sent what it had already. */
  repeated = 0;
  /** Of each request that it took. */
  readonly batches: number[] = [];
  /** Whether a statement is refused for good, with its whole batch. */
  refuses: (statement: Statement) => boolean = () => false;
  /** 409 for what it has already, as some stores answer; else it says that all is well. */
  conflicts = false;
  mostInBatch = Number.POSITIVE_INFINITY;
  readonly user = 'auditoria';
  readonly password = 'four unrelated words';
  readonly server: ScriptedServer;

  private constructor(open: { server: ScriptedServer }) {
    this.server = open.server;
  }

  static async open(): Promise<LrsServer> {
    let opened: LrsServer | null = null;
    const server = await ScriptedServer.open((body, headers, url) => {
      if (opened === null) return { status: 500 };
      if (url !== '/xapi/statements' || headers['x-experience-api-version'] !== '1.0.3') return { status: 404 };
      const expected = `Basic ${Buffer.from(`${opened.user}:${opened.password}`).toString('base64')}`;
      return headers.authorization === expected ? opened.take(body) : { status: 401 };
    });
    opened = new LrsServer({ server });
    return opened;
  }

  get url(): string {
    return `${this.server.url}/xapi`;
  }

  take(body: string): Answer {
    const parsed = z.array(Statement).min(1).safeParse(JSON.parse(body));
    if (!parsed.success) return { status: 400, body: parsed.error.message };
    const statements = parsed.data;
    if (statements.length > this.mostInBatch) return { status: 413, body: 'too much at once' };
    const bad = statements.find((one) => this.refuses(one));
    if (bad !== undefined) return { status: 400, body: `refused: ${bad.id}` };
    const known = statements.filter((one) => this.stored.has(one.id));
    this.repeated += known.length;
    const isOther = (one: Statement) => !isDeepStrictEqual(this.stored.get(one.id), one);
    if (known.length > 0 && (this.conflicts || known.some(isOther))) return { status: 409 };
    for (const one of statements) if (!this.stored.has(one.id)) this.stored.set(one.id, one);
    this.batches.push(statements.length);
    return { status: 200, body: JSON.stringify(statements.map((one) => one.id)) };
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
