// A faculty, course or group as typed into a form, and what is wrong with it by the rules of the contract.

import { NewCourse, NewFaculty, NewGroup } from '../../../server/contract/catalogue.ts';
import { FacultyId } from '../../../server/contract/ids.ts';

export type EntryDraft = {
  readonly facultyId: string | null;
  readonly faculty: string;
  readonly code: string;
  readonly title: string;
  readonly group: string;
};
export type EntryField = keyof EntryDraft;

export const emptyEntry: EntryDraft = { facultyId: null, faculty: '', code: '', title: '', group: '' };

/** The field whose value nothing else may have. */
export const uniqueFields: ReadonlySet<EntryField> = new Set(['faculty', 'code', 'group']);

export const mostLetters = { faculty: 200, code: 40, title: 200, group: 80 } as const;

/** Fields in the order in which a form shows them. */
export function faultsOf(draft: EntryDraft, fields: readonly EntryField[]): readonly EntryField[] {
  const right: Record<EntryField, boolean> = {
    facultyId: FacultyId.safeParse(draft.facultyId).success,
    faculty: NewFaculty.shape.name.safeParse(draft.faculty).success,
    code: NewCourse.shape.code.safeParse(draft.code).success,
    title: NewCourse.shape.title.safeParse(draft.title).success,
    group: NewGroup.shape.name.safeParse(draft.group).success,
  };
  return fields.filter((field) => !right[field]);
}
