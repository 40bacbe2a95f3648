// Persons, sign-in and the administration of people, as they cross the wire.
import { z } from 'zod';
import { ExternalId, FacultyId, Instant, LessonId, PersonId } from './ids.ts';
import { SecondFactorAsked } from './privacy.ts';

export const Language = z.enum(['kk', 'ru', 'en']);
export type Language = z.infer<typeof Language>;

export const Role = z.enum(['student', 'teacher', 'assistant', 'coordinator', 'observer', 'proctor', 'administrator']);
export type Role = z.infer<typeof Role>;

/** A role that is listed here holds only in these faculties; one that is not, everywhere. */
export const RoleFaculties = z.partialRecord(Role, z.array(FacultyId).min(1));
export type RoleFaculties = z.infer<typeof RoleFaculties>;

/** Roles that can be limited to faculties; the others hold everywhere, or by the lesson. */
export const limitableRoles = ['coordinator', 'observer', 'proctor'] as const satisfies readonly Role[];

/** Control, zero-width and direction-override characters would let one name pass for another. */
const hiddenCharacter = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;

/** A name that people read, without hidden characters, each run of white space as one blank. */
export const cleanName = (most: number) =>
  z
    .string()
    .transform((name) => name.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .refine((name) => !hiddenCharacter.test(name), 'has a hidden or direction-changing character'),
    );

export const DisplayName = cleanName(120);

/** 2 to 64 characters; letters, digits, `.`, `_`, `-` and `@`; compared without case. */
export const SignInName = z
  .string()
  .transform((name) => name.normalize('NFKC').trim().toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u));

/** 10 to 200 characters. */
export const Password = z.string().min(10).max(200);

export const Person = z.object({
  id: PersonId,
  signInName: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  language: Language.nullable(),
  roles: z.array(Role),
  roleFaculties: RoleFaculties.optional(),
  /** What the student-record system calls the person. */
  externalId: z.string().nullable().optional(),
  disabled: z.boolean(),
  /** `wished`: the role asks for one, and there is still time; `needed`: nothing else can be done before it is set up. */
  secondFactor: z.enum(['off', 'on', 'wished', 'needed']).optional(),
  /** With `wished`: until when. */
  secondFactorDueAt: Instant.optional(),
  /** Name and the like are gone for good. */
  anonymised: z.boolean().optional(),
});
export type Person = z.infer<typeof Person>;

export const SignIn = z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(200) });
export const SignedIn = z.object({ person: Person, token: z.string() });
/** The second when a code is still needed. */
export const SignInAnswer = z.union([SignedIn, SecondFactorAsked]);
export const Me = z.object({ person: Person });

export const NewPerson = z.object({
  signInName: SignInName,
  displayName: DisplayName,
  email: z.email().max(254).nullable().default(null),
  language: Language.nullable().default(null),
  roles: z.array(Role).min(1),
  roleFaculties: RoleFaculties.optional(),
  externalId: ExternalId.nullable().optional(),
  password: Password,
});
export type NewPerson = z.infer<typeof NewPerson>;

/** What an administrator may change; a missing key stays as it is. A new password ends all sessions of the person. */
export const PersonChange = z.object({
  displayName: DisplayName.optional(),
  email: z.email().max(254).nullable().optional(),
  language: Language.nullable().optional(),
  roles: z.array(Role).min(1).optional(),
  roleFaculties: RoleFaculties.optional(),
  externalId: ExternalId.nullable().optional(),
  password: Password.optional(),
  disabled: z.boolean().optional(),
});
export type PersonChange = z.infer<typeof PersonChange>;

export const OwnChange = z.object({ language: Language.nullable() });
export const PasswordChange = z.object({ current: z.string().max(200), next: Password });

export const PeopleQuery = z.object({
  search: z.string().max(120).optional(),
  role: Role.optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** `next` is the `after` of the following page, null on the last one. */
export const People = z.object({ people: z.array(Person), next: z.string().nullable(), total: z.number().int() });

/**
 * CSV with a head line: signInName,displayName,roles and, if wished, email,language,password,externalId,faculties. Roles are separated by
 * spaces; an empty password is generated; `faculties` are ids or names, separated by `|`, to which the staff roles of the line are limited.
 */
export const PeopleImport = z.object({ csv: z.string().max(8_000_000), dryRun: z.boolean().default(false) });
export const ImportFaultCode = z.enum([
  'file-empty',
  'not-csv', // a quotation mark is not closed, or the like
  'missing-column',
  'unknown-column', // or one that is there twice
  'too-many-lines', // `value` is how many are allowed
  'wrong-number-of-cells',
  'bad-value',
  'name-taken',
  'name-twice', // in this file
  'name-unknown', // nobody has this sign-in name
  'external-id-taken',
  'external-id-twice', // in this file
  'faculty-unknown',
  'password-too-weak',
]);
export type ImportFaultCode = z.infer<typeof ImportFaultCode>;
export const ImportFault = z.object({
  line: z.number().int(),
  column: z.string().nullable(),
  code: ImportFaultCode,
  value: z.string().nullable(),
});
export const PeopleImported = z.object({
  created: z.number().int(),
  /** Only of persons whose password was generated; shown once. */
  passwords: z.array(z.object({ signInName: z.string(), password: z.string() })),
});

/** First run: the one-time code from the server's console, and what to do with the empty database. */
export const FirstRunState = z.object({ needed: z.boolean() });
export const FirstRun = z.discriminatedUnion('choice', [
  z.object({ choice: z.literal('administrator'), code: z.string().max(200), person: NewPerson.omit({ roles: true }) }),
  z.object({ choice: z.literal('demo'), code: z.string().max(200) }),
]);
export const FirstRunDone = z.object({
  person: Person,
  token: z.string(),
  /** Names and passwords of the demo university's people; empty for the first administrator. */
  credentials: z.array(z.object({ signInName: z.string(), displayName: z.string(), role: Role, password: z.string() })),
});

/** What a guest sees before giving a name. */
export const GuestInvitation = z.object({
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  /** As in the lesson's room rules: who comes in agrees to it. */
  recording: z.enum(['manual', 'always', 'never']),
});
export type GuestInvitation = z.infer<typeof GuestInvitation>;
export const GuestEntry = z.object({ name: DisplayName });
/** `guestToken` renews the room token (as Bearer on enter) until the door closes. */
export const GuestEntered = z.object({ roomToken: z.string(), guestToken: z.string(), lessonId: LessonId, url: z.string() });
