// What the server and the thread of imports say to each other.
import type { ImportStep } from '../contract/import.ts';
import type { TimetableFact } from '../facts.ts';
import type { ApplyResult, ReadResult, Task } from './work.ts';

export interface ThreadData {
  /** As openDatabase takes it. */
  readonly database: string;
}

export type ToThread =
  | { readonly type: 'read'; readonly task: Task }
  | { readonly type: 'apply'; readonly task: Task; readonly withGone: boolean; readonly jobId: string | null }
  /** The one connection of the server rests: the thread may write. */
  | { readonly type: 'your-turn' }
  /** End after the transaction that runs. */
  | { readonly type: 'stop' };

export type FromThread =
  | { readonly type: 'progress'; readonly step: ImportStep; readonly done: number; readonly total: number }
  | { readonly type: 'read'; readonly result: ReadResult }
  /** It is in the database. Laying out goes on, if there is anything to. */
  | { readonly type: 'applied'; readonly result: ApplyResult }
  | { readonly type: 'facts'; readonly facts: readonly TimetableFact[] }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'turn-wanted' }
  | { readonly type: 'turn-over' };
