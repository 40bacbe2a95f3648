// The rules of the second factor: which code fits which step (RFC 6238), recovery codes, who must have one, and how secrets are kept.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Person, Role } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';

const STEP_MS = 30_000;
const SECRET_BYTES = 20;
const CODES = 10;
const CODE_LENGTH = 10;
/** No l, o, 0, 1, i: people copy these from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const DAY_MS = 24 * 3_600_000;

export interface SecondFactorRules {
  readonly requiredFor: readonly Role[];
  readonly graceDays: number;
}

export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address that authenticators read from a QR code. */
export function secretUri(secret: string, { issuer, label }: { readonly issuer: string; readonly label: string }): string {
  return totp(secret, issuer, label).toString();
}

/**
 * The step that a code belongs to, one before or after now at most; null: it fits none, or one that is spent (RFC 6238, 5.2).
 * @param lastStep the newest that was used
 */
export function stepOfCode(secret: string, code: string, now: Instant, lastStep: number): number | null {
  const delta = totp(secret).validate({
    token: code,
    timestamp: now,
    window: 1,
  });
  if (delta === null) return null;
  const step = Math.floor(now / STEP_MS) + delta;
  return step > lastStep ? step : null;
}

function totp(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_MS / 1000,
    secret: Secret.fromBase32(secret),
  });
}

/** As they are written down: two halves of five. */
export function newRecoveryCodes(): string[] {
  const half = () => Array.from({ length: CODE_LENGTH / 2 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: CODES }, () => `${half()}-${half()}`);
}

type Standing = Pick<Person, 'secondFactor' | 'secondFactorDueAt'>;

/** What is asked of a person. `dueAt` null: the time to set it up has not begun. */
export function standing(
  person: Pick<Person, 'roles'> & {
    readonly has: boolean;
    readonly exempt: boolean;
    readonly dueAt: Instant | null;
  },
  rules: SecondFactorRules,
  now: Instant,
): Standing {
  if (person.has) return { secondFactor: 'on' };
  if (person.exempt || !isRequired(person, rules)) return { secondFactor: 'off' };
  const dueAt = person.dueAt ?? now + rules.graceDays * DAY_MS;
  return dueAt <= now ? { secondFactor: 'needed' } : { secondFactor: 'wished', secondFactorDueAt: dueAt };
}

export function isRequired({ roles }: Pick<Person, 'roles'>, { requiredFor }: SecondFactorRules): boolean {
  return roles.some((role) => requiredFor.includes(role));
}

/** Keeps secrets so that a copy of the database alone gives none of them away. */
export class Seal {
  readonly #cipherKey: Buffer;
  readonly #codeKey: Buffer;

  constructor(key: Buffer) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `auditoria second factor ${use}`, 32));
    this.#cipherKey = derive('secret');
    this.#codeKey = derive('recovery code');
  }

  /** AES-256-GCM, bound to the person: the row of one is of no use in the row of another. */
  close(secret: string, personId: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#cipherKey, nonce).setAAD(Buffer.from(personId));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [nonce, text, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.');
  }

  /** Throws when it was changed, belongs to someone else, or the key is another one. */
  open(sealed: string, personId: string): string {
    const [nonce = '', text = '', tag = ''] = sealed.split('.');
    const decipher = createDecipheriv('aes-256-gcm', this.#cipherKey, Buffer.from(nonce, 'base64url'))
      .setAAD(Buffer.from(personId))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  }

  /** Of 50 random bits: without the key, trying them all on a copy of the database leads nowhere. */
  hashOfCode(code: string, personId: string): string {
    return createHmac('sha256', this.#codeKey)
      .update(`${personId} ${code.replace(/[\s-]/g, '').toLowerCase()}`)
      .digest('hex');
  }
}
