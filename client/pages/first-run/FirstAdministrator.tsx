// The form that makes the first administrator and signs them in.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sessionRoutes } from '../../../server/contract/routes-session.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ArrowLeftIcon } from '../../ui/icons.ts';
import { PersonFields } from '../people/PersonFields.tsx';
import { emailOf, emptyPerson, type PersonField } from '../people/person-draft.ts';
import { usePersonForm } from '../people/usePersonForm.ts';
import type { Access } from './access.ts';
import { CodeField } from './CodeField.tsx';

const fields = ['displayName', 'signInName', 'email', 'password'] as const satisfies readonly PersonField[];

export function FirstAdministrator({ access, onBack }: { readonly access: Access; readonly onBack: () => void }) {
  const { t, language } = useText();
  const { signedIn } = useSession();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () => {
      const { displayName, signInName, password } = form.draft;
      const person = { displayName, signInName, password, email: emailOf(form.draft), language };
      return api(sessionRoutes.firstRun, { body: { choice: 'administrator', code: access.code, person } });
    },
    onSuccess: ({ person }) => {
      signedIn(person);
      void navigate('/', { replace: true });
    },
    onError: (error) => errorCode(error) === 'link-invalid' && access.onCodeRefused(),
  });
  const form = usePersonForm(emptyPerson, fields, make.error);
  const [looked, setLooked] = useState(false);
  const codeWrong = make.error !== null && errorCode(make.error) === 'link-invalid';

  return (
    <div className="first-run first-run-narrow">
      <div>
        <Button kind="quiet" icon={ArrowLeftIcon} onPress={onBack}>
          {t('app.back')}
        </Button>
      </div>
      <header className="first-run-head">
        <h1>{t('identity.firstRun.admin.title')}</h1>
        <p>{t('identity.firstRun.admin.lead')}</p>
      </header>
      <form
        id={form.id}
        className="person-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setLooked(true);
          const codeMissing = access.code === '';
          form.submit(() => {
            if (!codeMissing) make.mutate();
          });
          if (codeMissing) event.currentTarget.querySelector<HTMLInputElement>('[name="code"]')?.focus();
        }}
      >
        <CodeField access={access} missing={looked} />
        <PersonFields draft={form.draft} onChange={form.setDraft} fields={fields} faults={form.faults} />
        {form.fault && !codeWrong ? (
          <Banner tone="danger" announce="assertive">
            {form.fault}
          </Banner>
        ) : null}
        <Button type="submit" kind="primary" size="large" isPending={make.isPending}>
          {t('identity.firstRun.admin.button')}
        </Button>
      </form>
    </div>
  );
}
