// What is told of each query: its kind, how long it took, how it ended. Never its text or its values.
import type { LogEvent } from 'kysely';
import { isDatabaseAway } from './away.ts';

const kinds = new Map<string, 'select' | 'insert' | 'update' | 'delete'>([
  ['SelectQueryNode', 'select'],
  ['InsertQueryNode', 'insert'],
  ['UpdateQueryNode', 'update'],
  ['DeleteQueryNode', 'delete'],
]);

export const queryKinds = [...kinds.values(), 'other'] as const;
export type QueryKind = (typeof queryKinds)[number];
/** `refused`: by a rule of the tables, as a rule because something is there already. */
export const queryOutcomes = ['ok', 'refused', 'away'] as const;
export type QueryOutcome = (typeof queryOutcomes)[number];

export interface HeardQuery {
  readonly kind: QueryKind;
  readonly outcome: QueryOutcome;
  readonly durationMs: number;
}

export type HearQuery = (query: HeardQuery) => void;

/** For Kysely, which calls it in the turn in which the query ends. */
export function hearing(hear: HearQuery): (event: LogEvent) => void {
  return (event) => {
    const { query, queryDurationMillis: durationMs } = event;
    const outcome = event.level === 'query' ? 'ok' : isDatabaseAway(event.error) ? 'away' : 'refused';
    hear({ kind: kinds.get(query.query.kind) ?? 'other', outcome, durationMs });
  };
}
