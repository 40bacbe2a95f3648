// The timetable's HTTP calls.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { ChangesService } from './changes.service.ts';
import type { EntranceService } from './entrance.service.ts';
import type { NewLessonService } from './new-lesson.service.ts';
import type { TimetableService } from './timetable.service.ts';

/** Of one address within ten minutes, each a new person: as many as the largest room holds, for a hall of guests may share one. */
const usualGuests = () => new RateLimit(1000, 600);

export interface TimetableServices {
  readonly timetable: TimetableService;
  readonly newLessons: NewLessonService;
  readonly changes: ChangesService;
  readonly entrance: EntranceService;
}

export function timetableHttp({ timetable, newLessons, changes, entrance }: TimetableServices, guests: RateLimit = usualGuests()): Router {
  const router = Router();
  bind(router, routes.lessons, ({ person, query }) => timetable.lessons(person, query));
  bind(router, routes.lesson, ({ person, params }) => timetable.lesson(person, params.id));
  bind(router, routes.addLesson, async ({ person, actor, body }) => timetable.lesson(person, await newLessons.add(actor, body)));
  bind(router, routes.lessonConflicts, ({ person, body }) => newLessons.conflicts(person, body));
  bind(router, routes.choices, ({ person }) => newLessons.choices(person));

  bind(router, routes.previewChange, ({ actor, params, body }) => changes.preview(actor, params.id, body));
  bind(router, routes.changeLesson, async ({ person, actor, params, body }) => {
    await changes.change(actor, params.id, body);
    return timetable.lesson(person, params.id);
  });
  bind(router, routes.lessonChanges, ({ person, params }) => changes.history(person, params.id));
  bind(router, routes.cancelLesson, async ({ actor, params }) => {
    await changes.change(actor, params.id, { change: { type: 'cancel' }, note: '', scope: 'this', despiteConflicts: false });
    return {};
  });
  bind(router, routes.extendLesson, async ({ person, actor, params, body }) => {
    await changes.extend(actor, params.id, body.endsAt);
    return timetable.lesson(person, params.id);
  });

  bind(router, routes.enter, ({ person, token, peer, params, response }) => {
    // Everybody enters at the same minute: compressing three kilobytes would cost more than the rest of the answer.
    response.setHeader('Cache-Control', 'no-store, no-transform');
    return entrance.enter(params.id, { person, token, address: peer.address });
  });
  bind(router, routes.guestLink, async ({ person, params, origin }) => ({
    url: guestUrl(origin, await entrance.guestLink(person, params.id)),
  }));
  bind(router, routes.makeGuestLink, async ({ actor, params, origin }) => ({
    url: guestUrl(origin, await entrance.makeGuestLink(actor, params.id)),
  }));
  bind(router, routes.revokeGuestLink, async ({ actor, params }) => {
    await entrance.revokeGuestLink(actor, params.id);
    return {};
  });
  bind(router, routes.invitation, ({ params }) => entrance.invitation(params.link));
  bind(router, routes.enterAsGuest, async ({ params, body, peer }) => {
    await guests.take(peer.address);
    return entrance.enterAsGuest(params.link, body.name);
  });
  return router;
}

/** The page of the client where a guest gives a name. */
function guestUrl(origin: string, link: string | null): string | null {
  return link === null ? null : `${origin}/guest/${link}`;
}
