// What differs in one row of an import, column by column.
import type { DifferenceSample } from '../../../../server/contract/import.ts';

type Value = NonNullable<DifferenceSample['after']>[string] | undefined;

export function changesOf({
  before,
  after,
}: DifferenceSample): readonly { readonly column: string; readonly before: Value; readonly after: Value }[] {
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...columns].map((column) => ({ column, before: before?.[column], after: after?.[column] }));
}

/** A dash where nothing is. */
export function valueText(value: Value): string {
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ');
  return value === undefined || value === null || value === '' ? '–' : String(value);
}
