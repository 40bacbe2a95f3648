// Faculties, departments, programmes, courses, groups, streams and places, and who belongs to them, as they cross the wire.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { CourseId, DepartmentId, FacultyId, GroupId, PersonId, PlaceId, ProgrammeId, StreamId } from './ids.ts';

/** What a page of a list is asked by; `after` is the `next` of the page before. */
const Page = { search: z.string().max(120).optional(), after: z.string().max(400).optional() };

export const Faculty = z.object({ id: FacultyId, name: z.string(), externalId: z.string().nullable() });
export type Faculty = z.infer<typeof Faculty>;
export const Faculties = z.object({ faculties: z.array(Faculty) });
export const NewFaculty = z.object({ name: cleanName(200) });

export const Course = z.object({
  id: CourseId,
  facultyId: FacultyId,
  code: z.string(),
  title: z.string(),
  departmentId: DepartmentId.nullable(),
  credits: z.number().int().nullable(),
  /** Hours of the whole course by the curriculum, distance or not; the shares are counted against them. */
  plannedHours: z.number().int().nullable(),
  externalId: z.string().nullable(),
  /** People of the course itself; those of its lessons' groups come on top. */
  assistants: z.number().int(),
  students: z.number().int(),
});
export type Course = z.infer<typeof Course>;
export const CatalogueQuery = z.object({
  ...Page,
  facultyId: FacultyId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** `next` is null on the last page. */
export const Courses = z.object({ courses: z.array(Course), next: z.string().nullable(), total: z.number().int() });
export const NewCourse = z.object({
  facultyId: FacultyId,
  code: cleanName(40),
  title: cleanName(200),
  departmentId: DepartmentId.nullable().optional(),
  credits: z.number().int().min(0).max(60).nullable().optional(),
  plannedHours: z.number().int().min(0).max(2000).nullable().optional(),
});
export type NewCourse = z.infer<typeof NewCourse>;
/** A missing key stays as it is. */
export const CourseChange = NewCourse.partial();

export const Group = z.object({
  id: GroupId,
  facultyId: FacultyId,
  name: z.string(),
  size: z.number().int(),
  programmeId: ProgrammeId.nullable(),
  externalId: z.string().nullable(),
});
export type Group = z.infer<typeof Group>;
export const Groups = z.object({ groups: z.array(Group), next: z.string().nullable(), total: z.number().int() });
export const NewGroup = z.object({ facultyId: FacultyId, name: cleanName(80), programmeId: ProgrammeId.nullable().optional() });
export type NewGroup = z.infer<typeof NewGroup>;
/** A missing key stays as it is. */
export const GroupChange = z.object({ name: cleanName(80).optional(), programmeId: ProgrammeId.nullable().optional() });

export const Department = z.object({ id: DepartmentId, facultyId: FacultyId, name: z.string(), externalId: z.string().nullable() });
export type Department = z.infer<typeof Department>;
export const NewDepartment = z.object({ facultyId: FacultyId, name: cleanName(200) });
export type NewDepartment = z.infer<typeof NewDepartment>;
export const Departments = z.object({ departments: z.array(Department), next: z.string().nullable(), total: z.number().int() });

/** Decides which share of distance teaching the rules allow; the limits themselves are settings (`shares`). */
export const FieldOfStudy = z.string().regex(/^[a-z][a-z-]{1,39}$/);
export const Programme = z.object({
  id: ProgrammeId,
  facultyId: FacultyId,
  departmentId: DepartmentId.nullable(),
  code: z.string(),
  name: z.string(),
  field: FieldOfStudy,
  externalId: z.string().nullable(),
});
export type Programme = z.infer<typeof Programme>;
export const NewProgramme = z.object({
  facultyId: FacultyId,
  departmentId: DepartmentId.nullable(),
  code: cleanName(40),
  name: cleanName(200),
  field: FieldOfStudy,
});
export type NewProgramme = z.infer<typeof NewProgramme>;
export const Programmes = z.object({
  programmes: z.array(Programme),
  next: z.string().nullable(),
  total: z.number().int(),
  /** The fields that the settings know, each with its limit in percent. */
  fields: z.array(z.object({ field: FieldOfStudy, percent: z.number() })),
});

export const Stream = z.object({
  id: StreamId,
  facultyId: FacultyId,
  name: z.string(),
  groups: z.array(z.object({ id: GroupId, name: z.string() })),
  externalId: z.string().nullable(),
});
export type Stream = z.infer<typeof Stream>;
export const NewStream = z.object({ facultyId: FacultyId, name: cleanName(80), groupIds: z.array(GroupId).min(1).max(60) });
export type NewStream = z.infer<typeof NewStream>;
export const Streams = z.object({ streams: z.array(Stream), next: z.string().nullable(), total: z.number().int() });

export const Place = z.object({
  id: PlaceId,
  building: z.string(),
  name: z.string(),
  capacity: z.number().int().nullable(),
  externalId: z.string().nullable(),
});
export type Place = z.infer<typeof Place>;
export const NewPlace = z.object({
  building: cleanName(80),
  name: cleanName(80),
  capacity: z.number().int().min(1).max(20_000).nullable(),
});
export type NewPlace = z.infer<typeof NewPlace>;
export const Places = z.object({ places: z.array(Place), next: z.string().nullable(), total: z.number().int() });

export const Member = z.object({ id: PersonId, signInName: z.string(), displayName: z.string() });
export type Member = z.infer<typeof Member>;

/** At most 500; all or nothing. Names that nobody has are refused `import-faulty`, `line` being their place in the list. */
export const SignInNames = z.array(z.string().trim().min(1).max(200)).max(500);
export const GroupMembers = z.object({ members: z.array(Member) });
export const GroupMembersChange = z.object({ signInNames: SignInNames });
export const CoursePeople = z.object({ assistants: z.array(Member), students: z.array(Member) });
export const CoursePeopleChange = z.object({ assistants: SignInNames, students: SignInNames });
