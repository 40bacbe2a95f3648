// The HTTP calls of accounts: second factor, own sessions, own data, anonymising, and the audit log.
import { z } from 'zod';
import { AuditPage, AuditQuery } from './audit.ts';
import { Person, SignedIn } from './identity.ts';
import { PersonId } from './ids.ts';
import {
  OwnSessions,
  RecoveryCodes,
  RetentionRules,
  SecondFactorBegin,
  SecondFactorConfirm,
  SecondFactorSecret,
  SecondFactorState,
  SecondFactorStep,
  WithProof,
} from './privacy.ts';
import { route } from './route.ts';

const person = z.object({ id: PersonId });

export const accountRoutes = {
  signInCode: route('POST', '/api/session/second-factor', 'anyone', 'Second step of signing in: the code', {
    body: SecondFactorStep,
    answer: SignedIn,
  }),
  secondFactor: route('GET', '/api/me/second-factor', 'enrolling', 'One’s own second factor', { answer: SecondFactorState }),
  beginSecondFactor: route(
    'POST',
    '/api/me/second-factor/secret',
    'enrolling',
    'Get a secret for an authenticator; counts once confirmed',
    {
      body: SecondFactorBegin,
      answer: SecondFactorSecret,
    },
  ),
  confirmSecondFactor: route('PUT', '/api/me/second-factor', 'enrolling', 'Confirm the secret by a code; ends the other sessions', {
    body: SecondFactorConfirm,
    answer: RecoveryCodes,
  }),
  removeSecondFactor: route('POST', '/api/me/second-factor/removal', 'signed-in', 'Remove one’s own second factor', { body: WithProof }),
  renewRecoveryCodes: route('POST', '/api/me/second-factor/recovery-codes', 'signed-in', 'New recovery codes; the old ones stop working', {
    body: WithProof,
    answer: RecoveryCodes,
  }),
  resetSecondFactor: route('POST', '/api/people/{id}/second-factor/reset', 'administrator', 'Take away someone’s second factor', {
    params: person,
    answer: Person,
  }),

  ownSessions: route('GET', '/api/me/sessions', 'signed-in', 'Where one is signed in (one’s data: /api/me/data)', { answer: OwnSessions }),
  endOwnSession: route('DELETE', '/api/me/sessions/{id}', 'signed-in', 'Sign out elsewhere', {
    params: z.object({ id: z.string().max(64) }),
  }),
  retention: route('GET', '/api/retention', 'signed-in', 'How long what is kept', { answer: RetentionRules }),
  anonymise: route('POST', '/api/people/{id}/anonymise', 'administrator', 'Take name and everything personal from an account for good', {
    params: person,
    answer: Person,
  }),

  audit: route('GET', '/api/audit', 'signed-in', 'Administrative acts, newest first (administrators, observers; also /api/audit.csv)', {
    query: AuditQuery,
    answer: AuditPage,
  }),
} as const;
