// The HTTP calls of the catalogue.
import { Router } from 'express';
import { catalogueRoutes as routes } from '../contract/routes-catalogue.ts';
import { bind } from '../edge/http.ts';
import type { CatalogueService } from './catalogue.service.ts';
import type { CourseService } from './catalogue-courses.service.ts';
import type { GroupService } from './catalogue-groups.service.ts';
import type { PlaceService } from './places.service.ts';
import type { StreamService } from './streams.service.ts';

export interface CatalogueServices {
  readonly catalogue: CatalogueService;
  readonly courses: CourseService;
  readonly groups: GroupService;
  readonly streams: StreamService;
  readonly places: PlaceService;
}

export function catalogueHttp({ catalogue, courses, groups, streams, places }: CatalogueServices): Router {
  const router = Router();
  bind(router, routes.faculties, ({ actor }) => catalogue.faculties(actor));
  bind(router, routes.addFaculty, ({ actor, body }) => catalogue.addFaculty(actor, body.name));
  bind(router, routes.changeFaculty, ({ actor, params, body }) => catalogue.renameFaculty(actor, params.id, body.name));
  bind(router, routes.departments, ({ actor, query }) => catalogue.departments(actor, query));
  bind(router, routes.addDepartment, ({ actor, body }) => catalogue.addDepartment(actor, body));
  bind(router, routes.changeDepartment, ({ actor, params, body }) => catalogue.changeDepartment(actor, params.id, body));
  bind(router, routes.programmes, ({ actor, query }) => catalogue.programmes(actor, query));
  bind(router, routes.addProgramme, ({ actor, body }) => catalogue.addProgramme(actor, body));
  bind(router, routes.changeProgramme, ({ actor, params, body }) => catalogue.changeProgramme(actor, params.id, body));

  bind(router, routes.courses, ({ actor, query }) => courses.list(actor, query));
  bind(router, routes.addCourse, ({ actor, body }) => courses.add(actor, body));
  bind(router, routes.changeCourse, ({ actor, params, body }) => courses.change(actor, params.id, body));
  bind(router, routes.coursePeople, ({ actor, params }) => courses.people(actor, params.id));
  bind(router, routes.setCoursePeople, ({ actor, params, body }) => courses.setPeople(actor, params.id, body));

  bind(router, routes.groups, ({ actor, query }) => groups.list(actor, query));
  bind(router, routes.addGroup, ({ actor, body }) => groups.add(actor, body));
  bind(router, routes.changeGroup, ({ actor, params, body }) => groups.change(actor, params.id, body));
  bind(router, routes.groupMembers, ({ actor, params }) => groups.members(actor, params.id));
  bind(router, routes.setGroupMembers, ({ actor, params, body }) => groups.setMembers(actor, params.id, body.signInNames));

  bind(router, routes.streams, ({ actor, query }) => streams.list(actor, query));
  bind(router, routes.addStream, ({ actor, body }) => streams.add(actor, body));
  bind(router, routes.changeStream, ({ actor, params, body }) => streams.change(actor, params.id, body));
  bind(router, routes.removeStream, async ({ actor, params }) => {
    await streams.remove(actor, params.id);
    return {};
  });

  bind(router, routes.places, ({ actor, query }) => places.list(actor, query));
  bind(router, routes.addPlace, ({ actor, body }) => places.add(actor, body));
  bind(router, routes.changePlace, ({ actor, params, body }) => places.change(actor, params.id, body));
  return router;
}
