// Random inputs made from the schemas of the contract: of the right shape, so that they reach the services, or broken somewhere.
import fc from 'fast-check';
import { z } from 'zod';
import type { KnownIds } from './known-ids.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** Bounds of what is tried: enough to be strange, short enough to be quick. */
const longText = 40;
const manyItems = 4;
const dayMs = 86_400_000;

const nastyTexts = [
  ...['', ' ', '\u0000', '\ud800', '\u202e', '😀', 'ә'.repeat(50), '%', '_', "' OR 1=1 --", '=cmd|x', '../../etc/passwd', '__proto__'],
  ...['null', 'undefined', 'NaN', '1e309', '-1', '<script>', '{}', '[]', '\r\nSet-Cookie: x=1'],
];
const nastyValues: readonly unknown[] = [
  ...[null, undefined, true, 0, -1, 1.5, -0, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53 + 2, [], {}, [[]], { a: { b: [null] } }],
  ...[Array.from({ length: 500 }, () => 'x'), 'x'.repeat(9000), JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}')],
  ...nastyTexts,
];

/** What the schema takes; ids and moments that mean something are drawn from `known` when the value is made. */
export function arbitraryOf(schema: z.ZodType, known: KnownIds): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return new Walk(root, known).of(root, '', 0);
}

/** One place of a value is replaced, left out or added to. */
export function broken(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.constantFrom(...nastyValues), fc.nat(), fc.nat(3))
    .map(([value, bad, where, how]) => breakAt(value, bad, where, how));
}

class Walk {
  readonly #root: Schema;
  readonly #known: KnownIds;

  constructor(root: Schema, known: KnownIds) {
    this.#root = root;
    this.#known = known;
  }

  /** @param key under which the value lies: what it is called tells what it means */
  of(schema: Schema | boolean | undefined, key: string, depth: number): fc.Arbitrary<unknown> {
    if (schema === undefined || typeof schema === 'boolean' || depth > 6) return fc.jsonValue({ maxDepth: 1 });
    if (schema.$ref !== undefined) return this.of(this.#referred(schema.$ref), key, depth + 1);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom<unknown>(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.of(choice, key, depth + 1)));
    if (schema.allOf !== undefined) return this.of(schema.allOf[0], key, depth + 1);
    switch (schema.type) {
      case 'string':
        return this.#text(schema, key);
      case 'integer':
      case 'number':
        return this.#number(schema, key);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.#array(schema, key, depth);
      case 'object':
        return this.#object(schema, key, depth);
      default:
        return fc.jsonValue({ maxDepth: 1 });
    }
  }

  #referred(reference: string): Schema | undefined {
    const found = this.#root.$defs?.[reference.replace('#/$defs/', '')];
    return reference === '#' ? this.#root : found;
  }

  #text(schema: Schema, key: string): fc.Arbitrary<unknown> {
    const { minLength = 0, maxLength = longText, pattern } = schema;
    const free =
      pattern === undefined ? plainText(minLength, Math.min(maxLength, minLength + longText)) : this.#matching(pattern, schema.format);
    const drawn = fc.nat().map((number) => this.#known.one(key, number));
    return fc.oneof({ arbitrary: fc.tuple(drawn, free).map(([id, other]) => id ?? other), weight: 5 }, { arbitrary: free, weight: 1 });
  }

  /** Dates and the like, whose patterns look ahead; and all that have a pattern which can be read. */
  #matching(pattern: string, format: string | undefined): fc.Arbitrary<string> {
    const day = fc.integer({ min: -200, max: 300 }).map((days) => new Date(this.#known.now + days * dayMs).toISOString());
    if (format === 'date') return day.map((text) => text.slice(0, 10));
    if (format === 'date-time') return day;
    if (format === 'email') return fc.emailAddress();
    try {
      return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
    } catch {
      return fc.string({ maxLength: longText });
    }
  }

  #number(schema: Schema, key: string): fc.Arbitrary<number> {
    const { exclusiveMinimum, maximum = Number.MAX_SAFE_INTEGER, type } = schema;
    const minimum = schema.minimum ?? (typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : -1e9);
    const within = (value: number) => Math.min(Math.max(value, minimum), maximum);
    const small = fc.integer({ min: Math.ceil(minimum), max: Math.min(Math.floor(maximum), Math.ceil(minimum) + 100) });
    const any =
      type === 'integer'
        ? fc.maxSafeInteger().map(within)
        : fc.double({ noNaN: true, noDefaultInfinity: true, min: minimum, max: maximum });
    if (!isMoment(key)) return fc.oneof({ arbitrary: small, weight: 4 }, { arbitrary: any, weight: 1 });
    const near = fc.integer({ min: -30 * dayMs, max: 30 * dayMs }).map((ms) => within(this.#known.now + ms));
    return fc.oneof({ arbitrary: near, weight: 6 }, { arbitrary: any, weight: 1 });
  }

  #array(schema: Schema, key: string, depth: number): fc.Arbitrary<unknown> {
    const { items, minItems = 0, maxItems = manyItems } = schema;
    const single = key.replace(/ies$/, 'y').replace(/s$/, '');
    const item = Array.isArray(items) ? undefined : items;
    return fc.array(this.of(item, single, depth + 1), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, manyItems)),
    });
  }

  #object(schema: Schema, key: string, depth: number): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
    const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, this.of(field, name, depth + 1)]));
    const optional = Object.keys(fields).filter((name) => !required.includes(name));
    const known = fc.tuple(fc.record(fields), fc.nat()).map(([all, left]) => without(all, optional, left));
    if (additionalProperties === undefined || typeof additionalProperties === 'boolean') return inOrder(known);
    const names = this.of(propertyNames, key, depth + 1).map(String);
    const rest = fc.dictionary(names, this.of(additionalProperties, key, depth + 1), { maxKeys: 5, noNullPrototype: true });
    return fc.tuple(known, rest).map(([one, other]) => ({ ...other, ...one }));
  }
}

const isMoment = (key: string) => /(At|^from|^to|^now|since|until|Until)$/.test(key);

function plainText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const fitting = nastyTexts.filter(({ length }) => length >= minLength && length <= maxLength);
  const words = fc.string({ unit: 'grapheme', minLength, maxLength });
  return fitting.length === 0 ? words : fc.oneof({ arbitrary: words, weight: 3 }, { arbitrary: fc.constantFrom(...fitting), weight: 1 });
}

/** Beginnings and ends that belong together, and how far apart they mostly are. */
const pairs = [
  ['startsAt', 'endsAt', 6 * 3_600_000],
  ['from', 'to', 30 * dayMs],
  ['fromMs', 'toMs', 60_000],
  ['startsOn', 'endsOn', 200 * dayMs],
  ['firstOn', 'lastOn', 60 * dayMs],
  ['at', 'until', dayMs],
] as const;

/** What begins mostly ends later: else little would get past the first look. */
function inOrder(values: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.nat(), fc.nat(5)).map(([value, after, how]) => {
    if (how === 0) return value;
    const ends = pairs.flatMap(([from, to, span]): [string, unknown][] => {
      const [begin, end] = [value[from], value[to]];
      if (typeof begin === 'number' && typeof end === 'number') return [[to, begin + 1 + (after % span)]];
      if (typeof begin !== 'string' || typeof end !== 'string' || Number.isNaN(Date.parse(begin))) return [];
      return [[to, new Date(Date.parse(begin) + (after % span)).toISOString().slice(0, end.length)]];
    });
    return { ...value, ...Object.fromEntries(ends) };
  });
}

/** Leaves out those fields whose bits are set. */
function without(value: Record<string, unknown>, optional: readonly string[], left: number): Record<string, unknown> {
  const gone = optional.filter((_, index) => ((left >> (index % 31)) & 1) === 1);
  return Object.fromEntries(Object.entries(value).filter(([name]) => !gone.includes(name)));
}

/** The places of a value, each as the way to it. */
function placesOf(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...way]];
  return [[...way], ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...way, name]))];
}

function breakAt(value: unknown, bad: unknown, where: number, how: number): unknown {
  const places = placesOf(value);
  const way = places[where % places.length] ?? [];
  return how === 0 ? replace(value, way, undefined) : how === 1 ? replace(value, [...way, 'more'], bad) : replace(value, way, bad);
}

function replace(value: unknown, [name, ...rest]: readonly string[], bad: unknown): unknown {
  if (name === undefined) return bad;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === name ? replace(item, rest, bad) : item));
  if (typeof value !== 'object' || value === null) return { [name]: bad };
  const old: unknown = Object.entries(value).find(([each]) => each === name)?.[1];
  return { ...value, [name]: replace(old, rest, bad) };
}
