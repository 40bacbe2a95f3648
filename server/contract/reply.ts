// What every request is answered with: a value, or a refusal from a closed list of codes.
import { z } from 'zod';

/** Code → HTTP status. The client has a sentence for each code in each language. */
export const refusalStatus = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'token-expired': 401,
  /** The code of the second factor. */
  'code-wrong': 401,
  'challenge-expired': 401,
  'second-factor-needed': 403,
  'not-allowed': 403,
  'origin-refused': 403,
  'not-found': 404,
  conflict: 409,
  'name-taken': 409,
  'external-id-taken': 409,
  'already-set-up': 409,
  'too-large': 413,
  'range-not-satisfiable': 416,
  'import-faulty': 422,
  /** Another import is being read or applied. */
  'import-running': 409,
  /** `details.conflicts`: what is there already. */
  clash: 409,
  'password-too-weak': 422,
  'too-many-requests': 429,
  internal: 500,
  'server-stopping': 503,
  'media-unavailable': 503,
  /** What is going on goes on; what has to be read from the database, or cannot be written down anywhere, has to wait. */
  'database-away': 503,
  'storage-full': 507,
  'protocol-outdated': 426,
  'wrong-phase': 409,
  'too-early': 403,
  'lesson-over': 403,
  'lesson-cancelled': 403,
  'room-full': 403,
  'room-locked': 403,
  removed: 403,
  'turned-away': 403,
  'guests-not-allowed': 403,
  'link-invalid': 403,
  /** Signing in by another system: it knows the person, we do not. */
  'account-unknown': 403,
  'account-disabled': 403,
  'provider-unavailable': 503,
  /** The other system’s answer cannot be believed. */
  'sign-in-failed': 401,
  'sign-in-cancelled': 403,
  'sign-in-expired': 410,
  'consent-needed': 403,
  'microphone-forbidden': 403,
  'camera-forbidden': 403,
  /** The server is near what it can carry: students and guests turn no further camera on. */
  'capacity-cameras': 503,
  'screen-forbidden': 403,
  'chat-forbidden': 403,
  'screen-taken': 409,
  unsupervised: 403,
  'seat-lost': 410,
  'recording-not-allowed': 403,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

const codes = Object.keys(refusalStatus);
export const RefusalCode = z.custom<RefusalCode>((value) => typeof value === 'string' && codes.includes(value));

/** Figures that a sentence about a refusal may need, such as `opensAt` or `retryAfterMs`. */
export const RefusalDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.unknown())]));
export type RefusalDetails = z.infer<typeof RefusalDetails>;

export const Refusal = z.object({ code: RefusalCode, message: z.string(), details: RefusalDetails.optional() });
export type Refusal = z.infer<typeof Refusal>;

export type Reply<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Refusal);

/** Decided by a domain, thrown by a service, readable by the user. `message` is English, for logs and scripts. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails | undefined;
  constructor(code: RefusalCode, message: string, details?: RefusalDetails) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.details = details;
  }
}
