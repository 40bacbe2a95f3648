// What one may read of, as services say it and stores filter by it.

/** `every`: without limit. */
export type Ids = 'every' | ReadonlySet<string>;

/** Lessons that are of one of these faculties, or of one of these courses. */
export type Open = 'every' | { readonly facultyIds: ReadonlySet<string>; readonly courseIds: ReadonlySet<string> };

/** Those of both. */
export function onlyIn(ids: Ids, id: string | undefined): Ids {
  if (id === undefined) return ids;
  return ids === 'every' || ids.has(id) ? new Set([id]) : new Set();
}
