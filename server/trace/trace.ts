// Which facts become entries of a lesson's trace, and what an entry keeps of them.
import type { Instant } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';

export type EntryKind = Exclude<Fact['type'], NotTraced>;
/** Said often and proves nothing. */
type NotTraced = 'reaction-shown' | 'speakers-changed' | 'quality-changed';

/** An entry before it has its number in the lesson. */
export interface NewEntry {
  readonly lessonId: string;
  readonly at: Instant;
  readonly kind: EntryKind;
  readonly personId: string | null;
  readonly participantId: string | null;
  readonly connectionId: string | null;
  /** What else the fact said, as plain JSON. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry as it was stored. `kind` is any text: entries of other versions stay readable. */
export interface StoredEntry extends Omit<NewEntry, 'kind' | 'lessonId'> {
  readonly seq: number;
  readonly kind: string;
}

/** Null for facts that leave no trace. The text of a message is never kept here, only that it was written. */
export function entryOf(fact: Fact): NewEntry | null {
  switch (fact.type) {
    case 'reaction-shown':
    case 'speakers-changed':
    case 'quality-changed':
      return null;
    case 'message-posted':
      return entry(fact, { messageId: fact.message.id });
    default:
      return entry(fact, detailOf(fact));
  }
}

const columns: ReadonlySet<string> = new Set(['type', 'lessonId', 'at', 'personId', 'participantId', 'connectionId']);

function detailOf(fact: Fact): NewEntry['detail'] {
  return Object.fromEntries(Object.entries(fact).filter(([key]) => !columns.has(key)));
}

function entry(fact: Exclude<Fact, { type: NotTraced }>, detail: NewEntry['detail']): NewEntry {
  return {
    lessonId: fact.lessonId,
    at: fact.at,
    kind: fact.type,
    personId: 'personId' in fact ? fact.personId : null,
    participantId: 'participantId' in fact ? fact.participantId : null,
    connectionId: 'connectionId' in fact ? fact.connectionId : null,
    detail,
  };
}
