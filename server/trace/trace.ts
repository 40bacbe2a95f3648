// What the trace keeps of each fact: the part that is proven for ever, and beside it what names or describes a person and may be erased.
import type { ConnectionId, Instant, LessonId, ParticipantId, PersonId } from '../contract/ids.ts';
import type { TracedFact } from '../facts.ts';

interface Entry {
  readonly at: Instant;
  readonly kind: string;
  readonly personId: string | null;
  readonly participantId: string | null;
  readonly connectionId: string | null;
}

export type EntryDetail = Readonly<Record<string, unknown>>;

export interface NewEntry extends Entry {
  readonly lessonId: string;
  readonly kind: TracedFact['type'];
  /** In the chain for good: nothing that names or describes a person beside their id. */
  readonly detail: EntryDetail;
  /** Names, devices, addresses, words of people. Only salted hashes of them are in the chain, so each can be erased. */
  readonly personal: EntryDetail;
}

/** As read back. `seq` counts the lesson's entries from 1, without gaps. */
export interface StoredEntry extends Entry {
  readonly seq: number;
  /** Both parts as one; what was erased is missing. */
  readonly detail: EntryDetail;
}

/** What of a fact is personal, by kind. Erasing someone takes what is theirs (`server/privacy`). */
const personalKeys: { readonly [K in TracedFact['type']]?: readonly string[] } = {
  'waiting-started': ['name'],
  'participant-joined': ['name'],
  'connection-opened': ['device', 'address'],
  'register-corrected': ['reason', 'byName'],
  'register-signed': ['byName'],
  'register-reopened': ['reason', 'byName'],
};

/** Null for facts that leave no entry: they happen all the time and prove nothing. */
export function entryOf(fact: TracedFact): NewEntry | null {
  switch (fact.type) {
    case 'speakers-changed':
    case 'quality-changed':
    case 'signal-changed':
    case 'pressure-changed':
    case 'reaction-shown':
      return null;
    case 'message-posted': {
      // The chat keeps the words; the trace keeps that there was a message.
      const { message, ...rest } = fact;
      const told = { ...rest, messageId: message.id };
      return entry(told);
    }
    default:
      return entry(fact);
  }
}

interface Told {
  readonly type: NewEntry['kind'];
  readonly lessonId: LessonId;
  readonly at: Instant;
  readonly personId?: PersonId;
  readonly participantId?: ParticipantId;
  readonly connectionId?: ConnectionId;
}

function entry({ type, lessonId, at, personId, participantId, connectionId, ...rest }: Told): NewEntry {
  const hidden = personalKeys[type] ?? [];
  const parts: [string, unknown][] = Object.entries(rest);
  return {
    ...{ lessonId, at, kind: type, personId: personId ?? null, participantId: participantId ?? null, connectionId: connectionId ?? null },
    detail: Object.fromEntries(parts.filter(([key]) => !hidden.includes(key))),
    personal: Object.fromEntries(parts.filter(([key]) => hidden.includes(key))),
  };
}
