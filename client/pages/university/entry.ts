// Something of the catalogue as typed into a form, and what is wrong with it by the rules of the contract.

import { NewCourse, NewDepartment, NewFaculty, NewGroup, NewPlace, NewProgramme, NewStream } from '../../../server/contract/catalogue.ts';
import { FacultyId } from '../../../server/contract/ids.ts';
import type { Found } from '../timetable/find.ts';

export type EntryDraft = {
  readonly facultyId: string | null;
  readonly departmentId: string | null;
  readonly programmeId: string | null;
  readonly field: string | null;
  readonly groups: readonly Found[];
  readonly faculty: string;
  readonly department: string;
  readonly programmeCode: string;
  readonly programme: string;
  readonly code: string;
  readonly title: string;
  /** Whole numbers, or empty where it is not known. */
  readonly credits: string;
  readonly plannedHours: string;
  readonly group: string;
  readonly stream: string;
  readonly building: string;
  readonly place: string;
  readonly capacity: string;
};
export type EntryField = keyof EntryDraft;
export type TextField = Exclude<EntryField, 'facultyId' | 'departmentId' | 'programmeId' | 'field' | 'groups'>;

export const emptyEntry: EntryDraft = {
  ...{ facultyId: null, departmentId: null, programmeId: null, field: null, groups: [] },
  ...{ faculty: '', department: '', programmeCode: '', programme: '', code: '', title: '', credits: '', plannedHours: '' },
  ...{ group: '', stream: '', building: '', place: '', capacity: '' },
};

/** The field whose value nothing else may have. */
export const uniqueFields: ReadonlySet<EntryField> = new Set([
  'faculty',
  'department',
  'programmeCode',
  'code',
  'group',
  'stream',
  'place',
]);

export const mostLetters: Record<TextField, number> = {
  ...{ faculty: 200, department: 200, programmeCode: 40, programme: 200, code: 40, title: 200, credits: 2, plannedHours: 4 },
  ...{ group: 80, stream: 80, building: 80, place: 80, capacity: 5 },
};

/** May stay empty. */
export const optionalFields: ReadonlySet<EntryField> = new Set(['departmentId', 'programmeId', 'credits', 'plannedHours', 'capacity']);

/** Null when nothing was typed. */
export function wholeNumber(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

/** Fields in the order in which a form shows them. */
export function faultsOf(draft: EntryDraft, fields: readonly EntryField[]): readonly EntryField[] {
  const right: Record<EntryField, boolean> = {
    facultyId: FacultyId.safeParse(draft.facultyId).success,
    departmentId: true,
    programmeId: true,
    field: NewProgramme.shape.field.safeParse(draft.field).success,
    groups: NewStream.shape.groupIds.safeParse(draft.groups.map(({ id }) => id)).success,
    faculty: NewFaculty.shape.name.safeParse(draft.faculty).success,
    department: NewDepartment.shape.name.safeParse(draft.department).success,
    programmeCode: NewProgramme.shape.code.safeParse(draft.programmeCode).success,
    programme: NewProgramme.shape.name.safeParse(draft.programme).success,
    code: NewCourse.shape.code.safeParse(draft.code).success,
    title: NewCourse.shape.title.safeParse(draft.title).success,
    credits: NewCourse.shape.credits.safeParse(wholeNumber(draft.credits)).success,
    plannedHours: NewCourse.shape.plannedHours.safeParse(wholeNumber(draft.plannedHours)).success,
    group: NewGroup.shape.name.safeParse(draft.group).success,
    stream: NewStream.shape.name.safeParse(draft.stream).success,
    building: NewPlace.shape.building.safeParse(draft.building).success,
    place: NewPlace.shape.name.safeParse(draft.place).success,
    capacity: NewPlace.shape.capacity.safeParse(wholeNumber(draft.capacity)).success,
  };
  return fields.filter((field) => !right[field]);
}
