// Gets the token that opens the socket, and what a device needs in order to get ready: with the cookie of who is signed in, or with a guest's own token.

import type { LessonId } from '../../server/contract/ids.ts';
import { lessonRoutes } from '../../server/contract/routes-lessons.ts';
import type { LessonEntered } from '../../server/contract/timetable.ts';
import { ApiError, api } from '../app/api.ts';
import { guestTokenOf } from '../app/guest-tokens.ts';
import { type Outcome, offline } from './outcome.ts';

export type Entry = Pick<LessonEntered, 'roomToken' | 'rtpCapabilities'>;

export async function fetchEntry(lessonId: LessonId): Promise<Outcome<Entry>> {
  try {
    return { ok: true, value: await api(lessonRoutes.enter, { params: { id: lessonId }, token: guestTokenOf(lessonId) }) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code === 'offline' ? offline : { ok: false, code: error.code, details: error.details };
  }
}
