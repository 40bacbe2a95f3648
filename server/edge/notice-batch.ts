// Notices that go out together: of several about the same state only the latest is kept, in the place of the first.
import type { Notice } from '../contract/notices.ts';

export class NoticeBatch {
  readonly #notices: Notice[] = [];
  readonly #placeOf = new Map<string, number>();

  add(notice: Notice): void {
    if (notice.type === 'participant-left') this.#placeOf.delete(notice.participantId);
    const key = keyOf(notice);
    const place = key === null ? undefined : this.#placeOf.get(key);
    if (place !== undefined) {
      this.#notices[place] = merged(this.#notices[place], notice);
      return;
    }
    if (key !== null) this.#placeOf.set(key, this.#notices.length);
    this.#notices.push(notice);
  }

  get notices(): readonly Notice[] {
    return this.#notices;
  }

  get isLast(): boolean {
    return this.#notices.some((notice) => notice.type === 'ended');
  }
}

/** What the notice is about, when it tells a whole state; null when it tells an event. */
function keyOf(notice: Notice): string | null {
  switch (notice.type) {
    case 'participant-joined':
    case 'participant-changed':
      return notice.participant.id;
    case 'room-changed':
    case 'waiting-changed':
    case 'speakers-changed':
    case 'pressure-changed':
    case 'role-changed':
    case 'check-changed':
    case 'check-result':
      return `/${notice.type}`;
    default:
      return null;
  }
}

/** Who has joined within this batch has still joined, only looks different by now. */
function merged(before: Notice | undefined, notice: Notice): Notice {
  return before?.type === 'participant-joined' && notice.type === 'participant-changed'
    ? { ...notice, type: 'participant-joined' }
    : notice;
}
