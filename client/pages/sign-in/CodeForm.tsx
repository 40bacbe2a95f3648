// The second step of signing in, for who has set one up: the code of the authenticator.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** @param onBack to the first step, also when too much time has passed */
export function CodeForm({ onBack }: { readonly onBack: () => void }) {
  const { t, refusal } = useText();
  const { signedIn } = useSession();
  const [code, setCode] = useState('');
  const [looked, setLooked] = useState(false);
  // Which sign-in it belongs to, the browser's own cookie says.
  const send = useMutation({
    mutationFn: () => api(accountRoutes.signInCode, { body: { code } }),
    onSuccess: ({ person }) => signedIn(person),
    onError: () => setCode(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLooked(true);
    if (code.trim()) send.mutate();
  };
  const problem = send.error && errorCode(send.error);
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <TextField
        label={t('identity.signIn.code.label')}
        help={t('identity.signIn.code.help')}
        name="code"
        value={code}
        onChange={setCode}
        fault={looked && !code.trim() && !send.isPending && !problem ? t('identity.signIn.code.missing') : undefined}
        autoComplete="one-time-code"
        spellCheck="false"
        maxLength={40}
        autoFocus
      />
      {problem ? (
        <Banner
          key={send.submittedAt}
          tone="danger"
          announce="assertive"
          title={refusal(problem === 'bad-request' ? 'code-wrong' : problem)}
        />
      ) : null}
      <Button type="submit" kind="primary" size="large" wide isPending={send.isPending}>
        {t('identity.signIn.code.button')}
      </Button>
      <Button kind="quiet" wide onPress={onBack}>
        {t('identity.signIn.code.back')}
      </Button>
    </form>
  );
}
