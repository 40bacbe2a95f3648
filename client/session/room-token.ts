// Gets the token that opens the socket: with the cookie of who is signed in, or with a guest's own token.
import { routes } from '../../server/contract/http.ts';
import { GuestInvitation } from '../../server/contract/identity.ts';
import type { LessonId } from '../../server/contract/ids.ts';
import { ApiError, api } from '../app/api.ts';
import { readStored, writeStored } from '../i18n/stored.ts';
import { type Outcome, offline } from './outcome.ts';

const guestKey = (lessonId: LessonId) => `auditoria.guest.${lessonId}`;
const invitationKey = (lessonId: LessonId) => `auditoria.invitation.${lessonId}`;

/** Keeps a guest's token for this tab. The guests' page calls it before it opens the room. */
export function keepGuestToken(lessonId: LessonId, guestToken: string): void {
  writeStored(guestKey(lessonId), guestToken, 'tab');
}

/** What the guest was invited to stands beside it: the timetable itself is closed to guests. */
export function keepInvitation(invitation: GuestInvitation): void {
  writeStored(invitationKey(invitation.lessonId), JSON.stringify(invitation), 'tab');
}

export function invitationOf(lessonId: LessonId): GuestInvitation | undefined {
  const kept = readStored(invitationKey(lessonId), 'tab');
  if (kept === undefined) return undefined;
  try {
    return GuestInvitation.safeParse(JSON.parse(kept)).data;
  } catch {
    return undefined;
  }
}

export function guestTokenOf(lessonId: LessonId): string | undefined {
  return readStored(guestKey(lessonId), 'tab');
}

export async function fetchRoomToken(lessonId: LessonId): Promise<Outcome<string>> {
  try {
    const { roomToken } = await api(routes.enter, { params: { id: lessonId }, token: guestTokenOf(lessonId) });
    return { ok: true, value: roomToken };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code === 'offline' ? offline : { ok: false, code: error.code, details: error.details };
  }
}
