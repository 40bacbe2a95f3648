// Lists the single settings of the schema, with the environment variable of each and how a variable's text becomes a value.
import type { z } from 'zod';
import { Config } from './schema.ts';

export interface Leaf {
  /** One or two keys. */
  readonly path: readonly string[];
  /** From the path: `tls.cert` is AUDITORIA_TLS_CERT. */
  readonly variable: string;
  readonly sentence: string;
  readonly default: unknown;
  readonly kind: 'number' | 'list' | 'json' | 'text';
}

export interface Group {
  readonly key: string;
  readonly sentence: string;
  readonly leaves: readonly Leaf[];
}

interface Schema {
  readonly def: {
    readonly type: string;
    readonly innerType?: unknown;
    readonly shape?: unknown;
    readonly element?: unknown;
    readonly defaultValue?: unknown;
  };
  readonly description?: string | undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && 'def' in value;
}

/** What a schema holds beneath its defaults and refinements. */
function core(schema: Schema): Schema {
  let inner: Schema = schema;
  while (isSchema(inner.def.innerType)) inner = inner.def.innerType;
  return inner;
}

function variableOf(path: readonly string[]): string {
  return `AUDITORIA_${path.map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()).join('_')}`;
}

function leafOf(path: readonly string[], schema: Schema): Leaf {
  const { type, element } = core(schema).def;
  const ofGroups = type === 'array' && isSchema(element) && ['object', 'union'].includes(core(element).def.type);
  return {
    path,
    variable: variableOf(path),
    sentence: schema.description ?? '',
    default: schema.def.defaultValue,
    kind: type === 'number' ? 'number' : ofGroups || type === 'record' ? 'json' : type === 'array' ? 'list' : 'text',
  };
}

function entriesOf(shape: Readonly<Record<string, z.ZodType>>): [string, Schema][] {
  return Object.entries(shape).filter((entry): entry is [string, z.ZodType & Schema] => isSchema(entry[1]));
}

function isShape(value: unknown): value is Record<string, z.ZodType> {
  return typeof value === 'object' && value !== null;
}

/** The settings in the order of the schema: single ones, then groups. */
export function settings(): { readonly single: readonly Leaf[]; readonly groups: readonly Group[] } {
  const single: Leaf[] = [];
  const groups: Group[] = [];
  for (const [key, schema] of entriesOf(Config.shape)) {
    const { shape } = core(schema).def;
    if (isShape(shape)) {
      const leaves = entriesOf(shape).map(([inner, leaf]) => leafOf([key, inner], leaf));
      groups.push({ key, sentence: schema.description ?? '', leaves });
    } else {
      single.push(leafOf([key], schema));
    }
  }
  return { single, groups };
}

export function allLeaves(): readonly Leaf[] {
  const { single, groups } = settings();
  return [...single, ...groups.flatMap((group) => group.leaves)];
}

/** A variable's text as the schema wants it; what cannot be a number stays text, for the schema to find fault with. */
export function valueFrom(leaf: Leaf, text: string): unknown {
  if (leaf.kind === 'list')
    return text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  if (leaf.kind === 'json') return fromJson(text);
  if (leaf.kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return text;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
