// The services of lessons on a real database, with everything that they tell kept to be looked at.
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type Actor, actorOf } from '../../server/audit/actor.ts';
import type { Act } from '../../server/audit/audit.service.ts';
import type { Person, RoleFaculties } from '../../server/contract/identity.ts';
import { PersonId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import type { TimetableFact } from '../../server/facts.ts';
import { ChangesService } from '../../server/timetable/changes.service.ts';
import { ChangesStore } from '../../server/timetable/changes.store.ts';
import { EntranceService } from '../../server/timetable/entrance.service.ts';
import { NewLessonService } from '../../server/timetable/new-lesson.service.ts';
import { RosterStore } from '../../server/timetable/roster.store.ts';
import { type LiveRooms, TimetableService } from '../../server/timetable/timetable.service.ts';
import { TimetableStore } from '../../server/timetable/timetable.store.ts';
import type { FakeClock } from './fake-clock.ts';

export const door = { openBeforeMinutes: 10, teacherOpenBeforeMinutes: 30, closeAfterMinutes: 15 };
export const timeZone = 'Asia/Almaty';

export const person = (id: string, role: Person['roles'][number], roleFaculties?: RoleFaculties): Person => ({
  id: PersonId.parse(id),
  signInName: id,
  displayName: `Name of ${id}`,
  email: null,
  language: null,
  roles: [role],
  ...(roleFaculties && { roleFaculties }),
  disabled: false,
});

export const actor = (who: Person): Actor => actorOf(who, '192.0.2.1');

interface Parts {
  readonly clock: FakeClock;
  readonly live?: Partial<LiveRooms>;
  readonly tokens: ConstructorParameters<typeof EntranceService>[0]['tokens'];
}

export function lessonServices(db: Kysely<Database>, { clock, live: given = {}, tokens }: Parts) {
  const planChanged: [string, string][] = [];
  const facts: TimetableFact[] = [];
  const acts: (Act & { readonly by: string })[] = [];
  let layouts = 0;
  const live: LiveRooms = {
    here: () => 0,
    planChanged: (id, by) => Promise.resolve(void planChanged.push([id, by])),
    ...given,
  };
  const audit = { record: (by: Actor, act: Act) => Promise.resolve(void acts.push({ ...act, by: by.id })) };
  const newId = () => randomBytes(12).toString('base64url');
  const store = new TimetableStore(db);
  const rosters = new RosterStore(db);
  const timetable = new TimetableService({ store, rosters, live, clock, timeZone, door });
  const entrance = new EntranceService({
    timetable,
    store,
    tokens,
    capabilities: () => ({ codecs: [], headerExtensions: [] }),
    clock,
    door,
    audit,
    refused: () => undefined,
  });
  const newLessons = new NewLessonService({ store, rosters, audit, clock, newId });
  const changes = new ChangesService({
    ...{ store: new ChangesStore(db), timetable, live, audit, clock, timeZone, newId },
    publish: (told) => void facts.push(...told),
    layOut: () => Promise.resolve(void layouts++),
  });
  return { timetable, entrance, newLessons, changes, planChanged, facts, acts, layouts: () => layouts };
}
