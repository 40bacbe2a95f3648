// A course between its form and the server.
import type { z } from 'zod';
import type { Course, NewCourse } from '../../../server/contract/catalogue.ts';
import { DepartmentId, FacultyId } from '../../../server/contract/ids.ts';
import { type EntryDraft, type EntryField, emptyEntry, wholeNumber } from './entry.ts';

export const courseFields: readonly EntryField[] = ['title', 'code', 'facultyId', 'departmentId', 'credits', 'plannedHours'];

export function courseEntry({ facultyId, departmentId, code, title, credits, plannedHours }: Course): EntryDraft {
  return {
    ...emptyEntry,
    ...{ facultyId, departmentId, code, title },
    credits: credits === null ? '' : String(credits),
    plannedHours: plannedHours === null ? '' : String(plannedHours),
  };
}

export function courseOf({ facultyId, departmentId, code, title, credits, plannedHours }: EntryDraft): z.input<typeof NewCourse> {
  return {
    ...{ code, title, credits: wholeNumber(credits), plannedHours: wholeNumber(plannedHours) },
    facultyId: FacultyId.parse(facultyId),
    departmentId: departmentId === null ? null : DepartmentId.parse(departmentId),
  };
}
