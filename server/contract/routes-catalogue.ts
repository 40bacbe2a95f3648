// The HTTP calls of the catalogue: faculties, departments, programmes, courses, groups, streams, places. For administrators and coordinators.
import { z } from 'zod';
import {
  CatalogueQuery,
  Course,
  CourseChange,
  CoursePeople,
  CoursePeopleChange,
  Courses,
  Department,
  Departments,
  Faculties,
  Faculty,
  Group,
  GroupChange,
  GroupMembers,
  GroupMembersChange,
  Groups,
  NewCourse,
  NewDepartment,
  NewFaculty,
  NewGroup,
  NewPlace,
  NewProgramme,
  NewStream,
  Place,
  Places,
  Programme,
  Programmes,
  Stream,
  Streams,
} from './catalogue.ts';
import { CourseId, DepartmentId, FacultyId, GroupId, PlaceId, ProgrammeId, StreamId } from './ids.ts';
import { route } from './route.ts';

const course = z.object({ id: CourseId });
const group = z.object({ id: GroupId });
const department = z.object({ id: DepartmentId });
const programme = z.object({ id: ProgrammeId });
const stream = z.object({ id: StreamId });
const place = z.object({ id: PlaceId });

export const catalogueRoutes = {
  faculties: route('GET', '/api/faculties', 'signed-in', 'The faculties', { answer: Faculties }),
  addFaculty: route('POST', '/api/faculties', 'signed-in', 'Add a faculty', { body: NewFaculty, answer: Faculty }),
  changeFaculty: route('PATCH', '/api/faculties/{id}', 'signed-in', 'Rename a faculty', {
    params: z.object({ id: FacultyId }),
    body: NewFaculty,
    answer: Faculty,
  }),
  courses: route('GET', '/api/courses', 'signed-in', 'Courses by code, searched and paged', { query: CatalogueQuery, answer: Courses }),
  addCourse: route('POST', '/api/courses', 'signed-in', 'Add a course', { body: NewCourse, answer: Course }),
  changeCourse: route('PATCH', '/api/courses/{id}', 'signed-in', 'Change a course', { params: course, body: CourseChange, answer: Course }),
  coursePeople: route('GET', '/api/courses/{id}/people', 'signed-in', 'Who helps in a course, and who takes it beside the groups', {
    params: course,
    answer: CoursePeople,
  }),
  setCoursePeople: route('PUT', '/api/courses/{id}/people', 'signed-in', 'Say who helps in a course and who takes it: all or nothing', {
    params: course,
    body: CoursePeopleChange,
    answer: CoursePeople,
  }),
  groups: route('GET', '/api/groups', 'signed-in', 'Academic groups by name, searched and paged', {
    query: CatalogueQuery,
    answer: Groups,
  }),
  addGroup: route('POST', '/api/groups', 'signed-in', 'Add a group', { body: NewGroup, answer: Group }),
  changeGroup: route('PATCH', '/api/groups/{id}', 'signed-in', 'Rename a group', { params: group, body: GroupChange, answer: Group }),
  groupMembers: route('GET', '/api/groups/{id}/members', 'signed-in', 'The members of a group', { params: group, answer: GroupMembers }),
  setGroupMembers: route('PUT', '/api/groups/{id}/members', 'signed-in', 'Say who the members of a group are: all or nothing', {
    params: group,
    body: GroupMembersChange,
    answer: GroupMembers,
  }),

  departments: route('GET', '/api/departments', 'signed-in', 'Departments by name, searched and paged', {
    query: CatalogueQuery,
    answer: Departments,
  }),
  addDepartment: route('POST', '/api/departments', 'signed-in', 'Add a department', { body: NewDepartment, answer: Department }),
  changeDepartment: route('PATCH', '/api/departments/{id}', 'signed-in', 'Rename or move a department', {
    params: department,
    body: NewDepartment,
    answer: Department,
  }),
  programmes: route('GET', '/api/programmes', 'signed-in', 'Programmes by code, searched and paged', {
    query: CatalogueQuery,
    answer: Programmes,
  }),
  addProgramme: route('POST', '/api/programmes', 'signed-in', 'Add a programme', { body: NewProgramme, answer: Programme }),
  changeProgramme: route('PATCH', '/api/programmes/{id}', 'signed-in', 'Change a programme', {
    params: programme,
    body: NewProgramme,
    answer: Programme,
  }),
  streams: route('GET', '/api/streams', 'signed-in', 'Streams by name, searched and paged', { query: CatalogueQuery, answer: Streams }),
  addStream: route('POST', '/api/streams', 'signed-in', 'Add a stream of several groups', { body: NewStream, answer: Stream }),
  changeStream: route('PUT', '/api/streams/{id}', 'signed-in', 'Say what a stream is called and which groups are in it', {
    params: stream,
    body: NewStream,
    answer: Stream,
  }),
  removeStream: route('DELETE', '/api/streams/{id}', 'signed-in', 'Remove a stream that no lesson uses', { params: stream }),
  places: route('GET', '/api/places', 'signed-in', 'Physical rooms by building and name, searched and paged', {
    query: CatalogueQuery,
    answer: Places,
  }),
  addPlace: route('POST', '/api/places', 'signed-in', 'Add a physical room', { body: NewPlace, answer: Place }),
  changePlace: route('PUT', '/api/places/{id}', 'signed-in', 'Change a physical room', { params: place, body: NewPlace, answer: Place }),
} as const;
