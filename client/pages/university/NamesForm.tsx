// Who belongs to a group or a course: lists of sign-in names that replace those before, with the faults by name.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member } from '../../../server/contract/catalogue.ts';
import { ImportFaults } from '../../../server/contract/routes-people.ts';
import { ApiError, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { announce } from '../../ui/live.ts';
import { TextField } from '../../ui/TextField.tsx';
import { catalogueChanged } from './catalogue.ts';
import { linesOf, namesIn } from './sign-in-names.ts';

export type NamesPart<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  readonly help: string;
  /** Who is in it now. */
  readonly members: readonly Member[];
};

type NamesFormProps<Id extends string> = {
  readonly title: string;
  readonly parts: readonly NamesPart<Id>[];
  readonly send: (names: (part: Id) => string[]) => Promise<void>;
};

const mostNames = 500;

export function NamesForm<Id extends string>({ title, parts, send }: NamesFormProps<Id>) {
  const { t } = useText();
  const client = useQueryClient();
  const [typed, setTyped] = useState(() => new Map(parts.map(({ id, members }) => [id, linesOf(members)])));
  const textOf = (id: Id) => typed.get(id) ?? '';
  const tooMany = parts.some(({ id }) => namesIn(textOf(id)).length > mostNames);
  const save = useMutation({
    mutationFn: () => send((id) => namesIn(textOf(id))),
    onSuccess: async () => {
      announce(t('university.people.saved'));
      await catalogueChanged(client);
    },
  });
  return (
    <form
      className="university-part"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!tooMany) save.mutate();
      }}
    >
      <h3>{title}</h3>
      {parts.map(({ id, label, help, members }) => (
        <div key={id} className="university-names">
          <TextField
            label={label}
            help={`${help} ${t('university.people.count', { n: namesIn(textOf(id)).length })}`}
            value={textOf(id)}
            onChange={(text) => {
              setTyped(new Map(typed).set(id, text));
              save.reset();
            }}
            rows={parts.length > 1 ? 5 : 10}
            fault={namesIn(textOf(id)).length > mostNames ? t('university.people.tooMany', { n: mostNames }) : undefined}
            spellCheck="false"
            autoComplete="off"
          />
          <MemberList members={members} />
        </div>
      ))}
      {save.error ? <NameFaults error={save.error} /> : null}
      {save.isSuccess ? <Banner tone="good">{t('university.people.saved')}</Banner> : null}
      <div>
        <Button kind="primary" type="submit" isPending={save.isPending} isDisabled={tooMany}>
          {t('university.people.save')}
        </Button>
      </div>
    </form>
  );
}

function MemberList({ members }: { readonly members: readonly Member[] }) {
  const { t } = useText();
  if (members.length === 0) return null;
  return (
    <details className="university-members">
      <summary>{t('university.people.now', { n: members.length })}</summary>
      <ul>
        {members.map(({ id, displayName, signInName }) => (
          <li key={id}>
            {displayName} <span className="university-note">{signInName}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function NameFaults({ error }: { readonly error: Error }) {
  const { t, refusal } = useText();
  const parsed = ImportFaults.safeParse(error instanceof ApiError ? error.details : undefined);
  const faults = parsed.success ? parsed.data.faults : [];
  const of = (code: string) => [...new Set(faults.filter((fault) => fault.code === code).map(({ value }) => value ?? ''))];
  const [unknown, twice] = [of('name-unknown'), of('name-twice')];
  return (
    <Banner tone="danger" announce="assertive" title={faults.length > 0 ? t('university.people.nothingSaved') : undefined}>
      {faults.length === 0 ? refusal(errorCode(error)) : null}
      {unknown.length > 0 ? <p>{t('university.people.unknown', { names: unknown.join(', ') })}</p> : null}
      {twice.length > 0 ? <p>{t('university.people.twice', { names: twice.join(', ') })}</p> : null}
    </Banner>
  );
}
