// Keeps a form for a faculty, course or group: the draft, its faults in words once one tried to send it, and the server's refusals.
import { useId, useState } from 'react';
import { errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { type EntryDraft, type EntryField, faultsOf, uniqueFields } from './entry.ts';

export type EntryForm = {
  /** Of the form element. */
  readonly id: string;
  readonly draft: EntryDraft;
  readonly setDraft: (draft: EntryDraft) => void;
  readonly fields: readonly EntryField[];
  readonly faults: Partial<Record<EntryField, string>>;
  /** What belongs to no field. */
  readonly fault: string | undefined;
  /** Runs `send` if nothing is wrong, else leads to the first field that is. */
  readonly submit: (send: () => void) => void;
};

export function useEntryForm(first: EntryDraft, fields: readonly EntryField[], error: Error | null): EntryForm {
  const { t, refusal } = useText();
  const id = useId();
  const [draft, change] = useState(first);
  const [looked, setLooked] = useState(false);
  /** What the server refused is no longer said of what has been typed since. */
  const [typedAfter, setTypedAfter] = useState<Error | null>(null);

  const faults: Partial<Record<EntryField, string>> = {};
  if (looked) for (const field of faultsOf(draft, fields)) faults[field] = t(`university.fault.${field}`);
  const code = error === null || error === typedAfter ? undefined : errorCode(error);
  const unique = code === 'conflict' ? fields.find((field) => uniqueFields.has(field)) : undefined;
  if (unique !== undefined) faults[unique] ??= t('university.fault.taken');

  return {
    id,
    draft,
    setDraft: (next) => {
      change(next);
      setTypedAfter(error);
    },
    fields,
    faults,
    fault: code !== undefined && unique === undefined ? refusal(code) : undefined,
    submit: (send) => {
      setLooked(true);
      if (faultsOf(draft, fields).length === 0) return send();
      // After the faults are drawn, the first of them is where one goes on.
      setTimeout(() => document.getElementById(id)?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus());
    },
  };
}
