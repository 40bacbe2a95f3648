// Where this tab keeps what a guest came in with, and how it is forgotten.
import { GuestInvitation } from '../../server/contract/identity.ts';
import type { LessonId } from '../../server/contract/ids.ts';
import { forgetStored, readStored, writeStored } from '../i18n/stored.ts';

const guestKey = (lessonId: LessonId | '') => `auditoria.guest.${lessonId}`;
const invitationKey = (lessonId: LessonId | '') => `auditoria.invitation.${lessonId}`;

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

/** Of one lesson, or of all: whoever signs in comes in as themselves from then on. */
export function forgetGuestTokens(lessonId: LessonId | '' = ''): void {
  forgetStored(guestKey(lessonId), 'tab');
  forgetStored(invitationKey(lessonId), 'tab');
}
