// What a guest came in with is forgotten for one lesson or for all.
import { expect, test } from 'vitest';
import { LessonId } from '../../server/contract/ids.ts';
import { forgetGuestTokens, guestTokenOf, invitationOf, keepGuestToken, keepInvitation } from './guest-tokens.ts';

const algebra = LessonId.parse('01890a5d-ac96-774b-bcce-b302099a8057');
const physics = LessonId.parse('01890a5d-ac96-774b-bcce-b302099a8058');

function comeAsGuest(lessonId: LessonId): void {
  keepGuestToken(lessonId, 'token');
  keepInvitation({ lessonId, title: 'Lesson', courseTitle: 'Course', startsAt: 1, endsAt: 2, recording: 'manual' });
}

test('a refused guest is forgotten in that lesson only', () => {
  comeAsGuest(algebra);
  comeAsGuest(physics);
  forgetGuestTokens(algebra);
  expect([guestTokenOf(algebra), invitationOf(algebra)]).toEqual([undefined, undefined]);
  expect([guestTokenOf(physics), invitationOf(physics)?.title]).toEqual(['token', 'Lesson']);
});

test('whoever signs in is a guest nowhere in this tab', () => {
  comeAsGuest(algebra);
  comeAsGuest(physics);
  forgetGuestTokens();
  expect([guestTokenOf(algebra), guestTokenOf(physics), invitationOf(physics)]).toEqual([undefined, undefined, undefined]);
});
