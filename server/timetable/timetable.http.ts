// The timetable's HTTP calls.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { EntranceService } from './entrance.service.ts';
import type { TimetableService } from './timetable.service.ts';

/** Of one address within ten minutes, each a new person: as many as the largest room holds, for a hall of guests may share one. */
const usualGuests = () => new RateLimit(1000, 600);

export function timetableHttp(timetable: TimetableService, entrance: EntranceService, guests: RateLimit = usualGuests()): Router {
  const router = Router();
  bind(router, routes.lessons, ({ person, query }) => timetable.lessons(person, query));
  bind(router, routes.lesson, ({ person, params }) => timetable.lesson(person, params.id));
  bind(router, routes.addLesson, ({ person, body }) => timetable.add(person, body));
  bind(router, routes.cancelLesson, async ({ person, params }) => {
    await timetable.cancel(person, params.id);
    return {};
  });
  bind(router, routes.extendLesson, ({ person, params, body }) => timetable.extendByHand(person, params.id, body.endsAt));
  bind(router, routes.choices, ({ person }) => timetable.choices(person));

  bind(router, routes.enter, ({ person, token, params }) => entrance.enter(params.id, { person, token }));
  bind(router, routes.guestLink, async ({ person, params, origin }) => ({
    url: guestUrl(origin, await entrance.guestLink(person, params.id)),
  }));
  bind(router, routes.makeGuestLink, async ({ person, params, origin }) => ({
    url: guestUrl(origin, await entrance.makeGuestLink(person, params.id)),
  }));
  bind(router, routes.revokeGuestLink, async ({ person, params }) => {
    await entrance.revokeGuestLink(person, params.id);
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
