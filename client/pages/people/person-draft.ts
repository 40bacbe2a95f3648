// A person as typed into a form, and what is wrong with it by the rules of the contract.
import { DisplayName, type Language, NewPerson, Password, type Role, SignInName } from '../../../server/contract/identity.ts';

export type PersonDraft = {
  readonly displayName: string;
  readonly signInName: string;
  readonly email: string;
  readonly language: Language | null;
  readonly roles: readonly Role[];
  readonly password: string;
};

export type PersonField = 'displayName' | 'signInName' | 'email' | 'roles' | 'password';

export const emptyPerson: PersonDraft = { displayName: '', signInName: '', email: '', language: null, roles: [], password: '' };

/** Fields in the order in which a form shows them. */
export function faultsOf(draft: PersonDraft, fields: readonly PersonField[]): readonly PersonField[] {
  const right: Record<PersonField, boolean> = {
    displayName: DisplayName.safeParse(draft.displayName).success,
    signInName: SignInName.safeParse(draft.signInName).success,
    email: NewPerson.shape.email.safeParse(emailOf(draft)).success,
    roles: draft.roles.length > 0,
    password: Password.safeParse(draft.password).success,
  };
  return fields.filter((field) => !right[field]);
}

export function emailOf({ email }: Pick<PersonDraft, 'email'>): string | null {
  return email.trim() || null;
}
