// Keeps a form for a person: the draft, its faults in words once one tried to send it, and the server's refusals at their field.
import { useId, useState } from 'react';
import { errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { faultsOf, type PersonDraft, type PersonField } from './person-draft.ts';

export type PersonForm = {
  /** Of the form element. */
  readonly id: string;
  readonly draft: PersonDraft;
  readonly setDraft: (draft: PersonDraft) => void;
  readonly faults: Partial<Record<PersonField, string>>;
  /** What belongs to no field. */
  readonly fault: string | undefined;
  /** Runs `send` if nothing is wrong, else leads to the first field that is. */
  readonly submit: (send: () => void) => void;
};

export function usePersonForm(first: PersonDraft, fields: readonly PersonField[], error: Error | null): PersonForm {
  const { t, refusal } = useText();
  const id = useId();
  const [draft, change] = useState(first);
  const [looked, setLooked] = useState(false);
  /** What the server refused is no longer said of what has been typed since. */
  const [typedAfter, setTypedAfter] = useState<Error | null>(null);

  const faults: Partial<Record<PersonField, string>> = {};
  if (looked) for (const field of faultsOf(draft, fields)) faults[field] = t(`identity.fault.${field}`);
  const refused = error === typedAfter ? null : error;
  const code = refused ? errorCode(refused) : undefined;
  const place = code === 'name-taken' ? 'signInName' : code === 'password-too-weak' ? 'password' : undefined;
  const placed = place !== undefined && fields.includes(place);
  if (placed && code) faults[place] ??= refusal(code);

  return {
    id,
    draft,
    setDraft: (next) => {
      change(next);
      setTypedAfter(error);
    },
    faults,
    fault: code && !placed ? refusal(code) : undefined,
    submit: (send) => {
      setLooked(true);
      const [wrong] = faultsOf(draft, fields);
      if (wrong === undefined) return send();
      document
        .querySelector<HTMLInputElement>(`#${CSS.escape(id)} ${wrong === 'roles' ? 'input[type=checkbox]' : `[name="${wrong}"]`}`)
        ?.focus();
    },
  };
}
