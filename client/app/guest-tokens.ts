// Where this tab keeps what a guest came in with, and how it is forgotten.
import { forgetStored } from '../i18n/stored.ts';

/** Of one lesson, or of all: whoever signs in comes in as themselves from then on. */
export function forgetGuestTokens(lessonId = ''): void {
  forgetStored(`auditoria.guest.${lessonId}`, 'tab');
  forgetStored(`auditoria.invitation.${lessonId}`, 'tab');
}
