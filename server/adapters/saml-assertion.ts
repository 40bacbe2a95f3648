// Reads a SAML assertion whose signature has been verified, and checks to whom it speaks. SAML Profiles 2.0, section 4.1.4.3.
import { z } from 'zod';
import { Refused } from '../contract/reply.ts';
import type { Claims, Vouched } from '../ports/sign-in-provider.ts';
import { textsOf } from './claim-texts.ts';

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

const Time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Text = z.object({ _: z.string() });

/** As xml2js gives it: attributes in `$`, text in `_`, every element a list. */
const Parsed = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(256), IssueInstant: Time }),
    Issuer: z.tuple([Text]),
    Subject: z.tuple([
      z.object({
        NameID: z.tuple([z.object({ _: z.string(), $: z.object({ Format: z.string().optional() }).optional() })]).optional(),
        SubjectConfirmation: z.array(
          z.object({
            $: z.object({ Method: z.string() }),
            SubjectConfirmationData: z
              .tuple([
                z.object({
                  $: z.object({ Recipient: z.string(), InResponseTo: z.string(), NotOnOrAfter: Time, NotBefore: z.string().optional() }),
                }),
              ])
              .optional(),
          }),
        ),
      }),
    ]),
    Conditions: z.tuple([z.object({ AudienceRestriction: z.array(z.object({ Audience: z.array(Text) })).min(1) })]),
    AuthnStatement: z.array(z.unknown()).min(1),
    AttributeStatement: z
      .array(
        z.object({
          Attribute: z
            .array(
              z.object({
                $: z.object({ Name: z.string(), FriendlyName: z.string().optional() }),
                AttributeValue: z.array(z.unknown()).optional(),
              }),
            )
            .optional(),
        }),
      )
      .optional(),
  }),
});
type Assertion = z.output<typeof Parsed>['Assertion'];

export interface Addressed {
  readonly issuer: string;
  readonly audience: string;
  readonly recipient: string;
  /** The attribute that names the person; null means the NameID. */
  readonly subjectAttribute: string | null;
}

interface Read extends Vouched {
  readonly requestId: string;
  readonly assertionId: string;
  readonly issuedAt: number;
}

/** Throws `Refused('sign-in-failed')`. Times are checked already, where the signature is. */
export function readAssertion(value: unknown, { issuer, audience, recipient, subjectAttribute }: Addressed): Read {
  const parsed = Parsed.safeParse(value);
  if (!parsed.success) throw failed(`The assertion lacks ${parsed.error.issues[0]?.path.join('.') ?? 'something'}`);
  const { Assertion: assertion } = parsed.data;
  if (assertion.Issuer[0]._.trim() !== issuer) throw failed('The assertion has another issuer');
  const audiences = assertion.Conditions[0].AudienceRestriction;
  if (!audiences.every(({ Audience }) => Audience.some((one) => one._.trim() === audience)))
    throw failed('The assertion is for another audience');
  const confirmations = assertion.Subject[0].SubjectConfirmation.flatMap(({ $, SubjectConfirmationData: data }) =>
    $.Method === BEARER && data ? [data[0].$] : [],
  );
  // More than one would leave open which of them was looked at where.
  const [confirmation] = confirmations;
  if (!confirmation || confirmations.length !== 1) throw failed('The assertion has not exactly one bearer confirmation');
  if (confirmation.Recipient !== recipient) throw failed('The assertion is for another recipient');
  const claims = claimsOf(assertion);
  return {
    subject: subjectAttribute === null ? nameIdOf(assertion) : onlyOne(claims[subjectAttribute], subjectAttribute),
    claims,
    requestId: confirmation.InResponseTo,
    assertionId: assertion.$.ID,
    issuedAt: assertion.$.IssueInstant,
  };
}

function nameIdOf({ Subject: [subject] }: Assertion): string {
  const nameId = subject.NameID?.[0];
  const text = nameId?._.trim();
  if (!text) throw failed('The assertion names nobody');
  if (nameId?.$?.Format === TRANSIENT) throw failed('The NameID is a transient one: have a lasting one sent, or set claims.subject');
  return text;
}

function onlyOne(values: readonly string[] | undefined, name: string): string {
  const [value, ...rest] = values ?? [];
  if (!value || rest.length > 0) throw failed(`The attribute ${name} has not exactly one value`);
  return value;
}

/** By name and by friendly name. */
function claimsOf({ AttributeStatement: statements = [] }: Assertion): Claims {
  const entries = statements.flatMap(({ Attribute: attributes = [] }) =>
    attributes.flatMap(({ $: { Name, FriendlyName }, AttributeValue: values = [] }) => {
      const texts = values.flatMap((value) => (Text.safeParse(value).success ? textsOf(Text.parse(value)._.trim()) : []));
      const entry = (name: string): [string, readonly string[]] => [name, texts];
      return FriendlyName === undefined || FriendlyName === Name ? [entry(Name)] : [entry(FriendlyName), entry(Name)];
    }),
  );
  return Object.fromEntries(entries);
}

function failed(message: string): Refused {
  return new Refused('sign-in-failed', message);
}
