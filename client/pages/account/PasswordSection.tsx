// Changes one's own password.
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Password, type Person } from '../../../server/contract/identity.ts';
import { sessionRoutes } from '../../../server/contract/routes-session.ts';
import { ApiError, api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { announce } from '../../ui/live.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';

export function PasswordSection({ person }: { readonly person: Person }) {
  const { t, refusal, duration } = useText();
  const form = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [looked, setLooked] = useState(false);
  const right = Password.safeParse(next).success;
  const change = useMutation({
    mutationFn: () => api(sessionRoutes.changePassword, { body: { current, next } }),
    onSuccess: () => {
      announce(t('app.account.changed'));
      setCurrent('');
      setNext('');
      setLooked(false);
    },
  });
  const code = change.error ? errorCode(change.error) : undefined;
  const currentFault =
    looked && current === '' ? t('app.account.currentMissing') : code === 'wrong-credentials' ? t('app.account.currentWrong') : undefined;
  const nextFault = looked && !right ? t('identity.fault.password') : code === 'password-too-weak' ? refusal(code) : undefined;
  const retryAfterMs = change.error instanceof ApiError ? change.error.details?.retryAfterMs : undefined;
  const elsewhere = code !== undefined && code !== 'wrong-credentials' && code !== 'password-too-weak';
  const submit = () => {
    setLooked(true);
    if (current !== '' && right) return change.mutate();
    document
      .getElementById(form)
      ?.querySelector<HTMLInputElement>(`[name="${current === '' ? 'current' : 'next'}"]`)
      ?.focus();
  };
  const type = (set: (text: string) => void) => (text: string) => {
    set(text);
    change.reset();
  };
  return (
    <Card title={t('app.account.password')}>
      <form
        id={form}
        className="account-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {/* Password managers keep the new password under this name. */}
        <input hidden readOnly name="username" autoComplete="username" value={person.signInName} />
        <PasswordField
          name="current"
          label={t('app.account.current')}
          value={current}
          onChange={type(setCurrent)}
          fault={currentFault}
          maxLength={200}
          autoComplete="current-password"
        />
        <PasswordField
          name="next"
          label={t('identity.field.newPassword')}
          help={t('identity.field.passwordHelp')}
          value={next}
          onChange={type(setNext)}
          fault={nextFault}
          maxLength={200}
          autoComplete="new-password"
        />
        <p className="account-note">{t('app.account.otherDevices')}</p>
        {elsewhere ? (
          <Banner tone="danger" announce="assertive">
            {typeof retryAfterMs === 'number' ? t('identity.signIn.tooMany', { time: duration(retryAfterMs) }) : refusal(code)}
          </Banner>
        ) : null}
        {change.isSuccess ? <Banner tone="good">{t('app.account.changed')}</Banner> : null}
        <div>
          <Button kind="primary" type="submit" isPending={change.isPending}>
            {t('app.account.change')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
