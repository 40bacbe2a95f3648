// What the server and the thread of reports say to each other.
import type { Instant } from '../contract/ids.ts';
import type { RefusalCode, RefusalDetails } from '../contract/reply.ts';
import type { Answer, Form, Report } from './answers.ts';

export interface ThreadData {
  /** As openDatabase takes it. */
  readonly database: string;
  readonly timeZone: string;
}

export type ToThread =
  /** `now` of the server's clock: it may be another than that of the machine. */
  | { readonly type: 'ask'; readonly number: number; readonly report: Report; readonly form: Form; readonly now: Instant }
  | { readonly type: 'stop' };

export type FromThread =
  | { readonly type: 'answer'; readonly number: number; readonly answer: Answer }
  | {
      readonly type: 'refused';
      readonly number: number;
      readonly code: RefusalCode;
      readonly message: string;
      readonly details: RefusalDetails | undefined;
    }
  | { readonly type: 'failed'; readonly number: number; readonly message: string };
