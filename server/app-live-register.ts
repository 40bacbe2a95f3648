// Builds the register of running classes: what the rooms know, beside the roster, with a way to call those who are missing.
import type { Router } from 'express';
import type { Notifying } from './app-notification.ts';
import type { Rooms } from './app-rooms.ts';
import type { LessonId } from './contract/ids.ts';
import { liveRegisterHttp } from './live-register/live-register.http.ts';
import { LiveRegisterService } from './live-register/live-register.service.ts';
import { type TracedEntry, Whereabouts } from './live-register/whereabouts.ts';
import type { Clock } from './ports/clock.ts';
import type { TimetableService } from './timetable/timetable.service.ts';

interface Parts {
  readonly timetable: TimetableService;
  readonly rooms: Rooms;
  readonly trace: { read(lessonId: LessonId): Promise<readonly TracedEntry[]> };
  readonly calls: Notifying['calls'];
  readonly clock: Clock;
}

export function openLiveRegister({ timetable, rooms, trace, calls, clock }: Parts): Router {
  const whereabouts = new Whereabouts((lessonId) => trace.read(lessonId));
  const service = new LiveRegisterService({ timetable, rooms: rooms.service, whereabouts, calls, clock });
  rooms.bus.listen('live register', (fact) => {
    whereabouts.onFact(fact);
    if (fact.type === 'room-closed') service.forget(fact.lessonId);
  });
  return liveRegisterHttp(service);
}
