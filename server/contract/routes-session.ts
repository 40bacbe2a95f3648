// Every call on signing in and out, on oneself, and on the first run.
import { FirstRun, FirstRunDone, FirstRunState, Me, OwnChange, PasswordChange, SignIn, SignInAnswer } from './identity.ts';
import { route } from './route.ts';

export const sessionRoutes = {
  signIn: route('POST', '/api/session', 'anyone', 'Sign in; sets the session cookie and answers the same token, or asks for a code', {
    body: SignIn,
    answer: SignInAnswer,
  }),
  signOut: route('DELETE', '/api/session', 'enrolling', 'End this session'),
  signOutEverywhere: route('DELETE', '/api/sessions', 'enrolling', 'End all sessions of the person'),
  me: route('GET', '/api/me', 'enrolling', 'Who is signed in', { answer: Me }),
  changeMe: route('PATCH', '/api/me', 'enrolling', 'Change one’s own language', { body: OwnChange, answer: Me }),
  changePassword: route('PUT', '/api/me/password', 'enrolling', 'Change one’s own password; ends the other sessions', {
    body: PasswordChange,
  }),
  firstRunState: route('GET', '/api/first-run', 'anyone', 'Whether the server waits for its first administrator', {
    answer: FirstRunState,
  }),
  firstRun: route('POST', '/api/first-run', 'anyone', 'Make the first administrator or the demo university', {
    body: FirstRun,
    answer: FirstRunDone,
  }),
} as const;
