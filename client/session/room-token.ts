// Gets the token that opens the socket: with the cookie of who is signed in, or with a guest's own token.
import { routes } from '../../server/contract/http.ts';
import type { LessonId } from '../../server/contract/ids.ts';
import { ApiError, api } from '../app/api.ts';
import { guestTokenOf } from '../app/guest-tokens.ts';
import { type Outcome, offline } from './outcome.ts';

export async function fetchRoomToken(lessonId: LessonId): Promise<Outcome<string>> {
  try {
    const { roomToken } = await api(routes.enter, { params: { id: lessonId }, token: guestTokenOf(lessonId) });
    return { ok: true, value: roomToken };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code === 'offline' ? offline : { ok: false, code: error.code, details: error.details };
  }
}
