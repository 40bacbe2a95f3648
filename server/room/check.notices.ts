// Tells each person what a presence check means for them, and who may check presence how it goes. Rule K9.
import type { LessonId } from '../contract/ids.ts';
import type { Announcer } from '../ports/announcer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { checkResult, checkView, plannedCheck } from './check-views.ts';
import { type Check, runningCheck } from './checks.ts';
import type { Room } from './room.ts';

/** A class of hundreds answers within seconds, and its result is a long list. */
const resultEveryMs = 1000;

export class CheckNotices {
  readonly #announcer: Announcer;
  readonly #clock: Clock;
  readonly #waiting = new Map<LessonId, Timer>();

  constructor(announcer: Announcer, clock: Clock) {
    this.#announcer = announcer;
    this.#clock = clock;
  }

  changed(room: Room, before: Check | null): void {
    const { check, lessonId } = room;
    const other = check?.id !== before?.id || check?.ended !== before?.ended;
    if (check !== null) this.#tellPeople(room, check, other ? null : before);
    if (other || check === before) return this.#tellResult(room);
    if (this.#waiting.has(lessonId)) return;
    this.#waiting.set(
      lessonId,
      this.#clock.after(resultEveryMs, () => this.#tellResult(room)),
    );
  }

  /** Only whose own view has changed; without `before`, all. */
  #tellPeople(room: Room, { people }: Check, before: Check | null): void {
    const runs = runningCheck(room) !== null;
    for (const seat of room.seats.values()) {
      if (before !== null && (!runs || people.get(seat.personId) === before.people.get(seat.personId))) continue;
      // To each by name also what is the same for all: what goes to the room may overtake what goes to one person.
      this.#announcer.toParticipant(room.lessonId, seat.participantId, { type: 'check-changed', check: checkView(room, seat) });
    }
  }

  #tellResult(room: Room): void {
    this.#waiting.get(room.lessonId)?.cancel();
    this.#waiting.delete(room.lessonId);
    const told = { result: checkResult(room), planned: plannedCheck(room) };
    this.#announcer.toThoseWhoMay(room.lessonId, 'check-presence', { type: 'check-result', ...told });
  }
}
