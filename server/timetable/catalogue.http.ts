// The HTTP calls of the catalogue.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import type { CatalogueService } from './catalogue.service.ts';

export function catalogueHttp(catalogue: CatalogueService): Router {
  const router = Router();
  bind(router, routes.faculties, ({ person }) => catalogue.faculties(person));
  bind(router, routes.addFaculty, ({ person, body }) => catalogue.addFaculty(person, body.name));
  bind(router, routes.changeFaculty, ({ person, params, body }) => catalogue.renameFaculty(person, params.id, body.name));
  bind(router, routes.courses, ({ person, query }) => catalogue.courses(person, query));
  bind(router, routes.addCourse, ({ person, body }) => catalogue.addCourse(person, body));
  bind(router, routes.changeCourse, ({ person, params, body }) => catalogue.changeCourse(person, params.id, body));
  bind(router, routes.coursePeople, ({ person, params }) => catalogue.people(person, params.id));
  bind(router, routes.setCoursePeople, ({ person, params, body }) => catalogue.setPeople(person, params.id, body));
  bind(router, routes.groups, ({ person, query }) => catalogue.groups(person, query));
  bind(router, routes.addGroup, ({ person, body }) => catalogue.addGroup(person, body));
  bind(router, routes.changeGroup, ({ person, params, body }) => catalogue.renameGroup(person, params.id, body.name));
  bind(router, routes.groupMembers, ({ person, params }) => catalogue.members(person, params.id));
  bind(router, routes.setGroupMembers, ({ person, params, body }) => catalogue.setMembers(person, params.id, body.signInNames));
  return router;
}
