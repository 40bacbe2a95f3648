// One's own account beside name and password: second factor, sessions, own data, and how long what is kept.
import { z } from 'zod';
import { Instant } from './ids.ts';

/** Six digits of an authenticator, or a recovery code; blanks and hyphens do not matter. */
export const SecondFactorCode = z
  .string()
  .max(40)
  .transform((code) => code.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(/^(\d{6}|[a-z0-9]{10})$/));

/** What a first step of signing in is answered with when a code is still needed. */
export const SecondFactorAsked = z.object({
  /** Goes with the code to the second step; browsers also have it in a cookie. */
  challenge: z.string(),
  expiresAt: Instant,
});
export type SecondFactorAsked = z.infer<typeof SecondFactorAsked>;
/** Without `challenge` the cookie's is taken. */
export const SecondFactorStep = z.object({
  challenge: z.string().min(16).max(100).optional(),
  code: SecondFactorCode,
});

/** Shows that it is the person who acts, not who found the browser open: one of the two. */
export const Proof = z
  .object({
    password: z.string().min(1).max(200).optional(),
    code: SecondFactorCode.optional(),
  })
  .refine(({ password, code }) => (password === undefined) !== (code === undefined), 'needs either password or code');
export type Proof = z.infer<typeof Proof>;

export const SecondFactorState = z.object({
  /** Null: there is none. */
  since: Instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  /** The person's role asks for it: it can be renewed, not be left out. */
  required: z.boolean(),
  hasPassword: z.boolean(),
});
export type SecondFactorState = z.infer<typeof SecondFactorState>;
/** `proof` is needed once there is a second factor. */
export const SecondFactorBegin = z.object({ proof: Proof.optional() });
/** Shown once: base32, and the same as `otpauth://` address (for a QR code). */
export const SecondFactorSecret = z.object({
  secret: z.string(),
  uri: z.string(),
});
export const SecondFactorConfirm = z.object({ code: SecondFactorCode });
/** Shown once; each works once. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export const WithProof = z.object({ proof: Proof });

export const OwnSession = z.object({
  id: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  userAgent: z.string(),
  address: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;
export const OwnSessions = z.object({ sessions: z.array(OwnSession) });

/** Null: kept until someone removes it. */
export const RetentionRules = z.object({
  /** Days after an account was disabled until it is anonymised. */
  accountsDays: z.number().nullable(),
  attendanceYears: z.number().nullable(),
  chatDays: z.number().nullable(),
  auditYears: z.number().nullable(),
});
export type RetentionRules = z.infer<typeof RetentionRules>;
