// A person as typed into a form, and what is wrong with it by the rules of the contract.
import { DisplayName, type Language, NewPerson, Password, type Role, SignInName } from '../../../server/contract/identity.ts';
import { isComplete, type LimitDraft } from './RoleLimits.tsx';

export type PersonDraft = {
  readonly displayName: string;
  readonly signInName: string;
  readonly email: string;
  readonly language: Language | null;
  readonly roles: readonly Role[];
  readonly password: string;
  readonly externalId: string;
  readonly limits: LimitDraft;
};

export type PersonField = 'displayName' | 'signInName' | 'email' | 'roles' | 'password';

export const emptyPerson: PersonDraft = {
  displayName: '',
  signInName: '',
  email: '',
  language: null,
  roles: [],
  password: '',
  externalId: '',
  limits: {},
};

/** Fields in the order in which a form shows them. */
export function faultsOf(draft: PersonDraft, fields: readonly PersonField[]): readonly PersonField[] {
  const right: Record<PersonField, boolean> = {
    displayName: DisplayName.safeParse(draft.displayName).success,
    signInName: SignInName.safeParse(draft.signInName).success,
    email: NewPerson.shape.email.safeParse(emailOf(draft)).success,
    roles: draft.roles.length > 0 && isComplete(draft.limits, draft.roles),
    password: Password.safeParse(draft.password).success,
  };
  return fields.filter((field) => !right[field]);
}

export function emailOf({ email }: Pick<PersonDraft, 'email'>): string | null {
  return email.trim() || null;
}

export function externalIdOf({ externalId }: Pick<PersonDraft, 'externalId'>): string | null {
  return externalId.trim() || null;
}
