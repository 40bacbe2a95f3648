// Gets the token that opens the socket: with the cookie of who is signed in, or with a guest's own token.
import { Refusal } from '../../server/contract/reply.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import type { LessonId } from '../../server/contract/ids.ts';
import { type Outcome, offline } from './outcome.ts';

const guestKey = (lessonId: string) => `auditoria.guest.${lessonId}`;

/** Keeps a guest's token for this tab. The guests' page calls it before it opens the room. */
export function keepGuestToken(lessonId: LessonId, guestToken: string): void {
  sessionStorage.setItem(guestKey(lessonId), guestToken);
}

export function guestTokenOf(lessonId: LessonId): string | undefined {
  return sessionStorage.getItem(guestKey(lessonId)) ?? undefined;
}

export async function fetchRoomToken(lessonId: LessonId): Promise<Outcome<string>> {
  const guestToken = guestTokenOf(lessonId);
  try {
    const response = await fetch(`/api/lessons/${encodeURIComponent(lessonId)}/enter`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(guestToken ? { authorization: `Bearer ${guestToken}` } : {}) },
      body: '{}',
    });
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, value: LessonEntered.parse(answer).roomToken };
    const refusal = Refusal.safeParse(answer);
    if (refusal.success) return { ok: false, code: refusal.data.code, details: refusal.data.details };
    return offline;
  } catch {
    // No network, or something between us and the server answered in its place: both pass.
    return offline;
  }
}
