// Name and password, and what is said when they are refused.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { sessionRoutes } from '../../../server/contract/routes-session.ts';
import { ApiError, api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { clock, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, type ButtonKind } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { announce } from '../../ui/live.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface Props {
  /** Primary where it is the way to go. */
  readonly kind: ButtonKind;
  readonly autoFocus: boolean;
  /** Name and password are sent. */
  readonly onTry: () => void;
  /** They are right, and a code is still needed. */
  readonly onCode: () => void;
}

export function SignInForm({ kind, autoFocus, onTry, onCode }: Props) {
  const { t } = useText();
  const { signedIn } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [looked, setLooked] = useState(false);
  const focus = (field: 'name' | 'password') => form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();

  const signIn = useMutation({
    mutationFn: () => api(sessionRoutes.signIn, { body: { name: name.trim(), password } }),
    onSuccess: (answer) => ('person' in answer ? signedIn(answer.person) : onCode()),
    onError: () => {
      setPassword('');
      setLooked(false);
      focus('password');
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLooked(true);
    if (!name.trim()) focus('name');
    else if (!password) focus('password');
    else {
      onTry();
      signIn.mutate();
    }
  };

  return (
    <form ref={form} className="sign-in-form" onSubmit={submit} noValidate>
      <TextField
        label={t('identity.signIn.name')}
        name="name"
        value={name}
        onChange={setName}
        fault={looked && !name.trim() ? t('identity.signIn.nameMissing') : undefined}
        autoComplete="username"
        spellCheck="false"
        maxLength={200}
        autoFocus={autoFocus}
      />
      <PasswordField
        label={t('identity.signIn.password')}
        name="password"
        value={password}
        onChange={setPassword}
        fault={looked && !password && !signIn.isPending ? t('identity.signIn.passwordMissing') : undefined}
        autoComplete="current-password"
        maxLength={200}
      />
      {signIn.error ? <Fault key={signIn.submittedAt} error={signIn.error} /> : null}
      <Button type="submit" kind={kind} size="large" wide isPending={signIn.isPending}>
        {t('identity.signIn.button')}
      </Button>
    </form>
  );
}

function Fault({ error }: { error: Error }): ReactNode {
  const { t, refusal } = useText();
  const code = errorCode(error);
  const waitMs = error instanceof ApiError ? error.details?.retryAfterMs : undefined;
  const [until] = useState(() => (typeof waitMs === 'number' ? Date.now() + waitMs : undefined));
  const [over, setOver] = useState(false);
  const onEnd = useCallback(() => setOver(true), []);
  const waits = code === 'too-many-requests' && until !== undefined;
  // Once: a clock that speaks each second would drown all else.
  useEffect(() => {
    if (waits) announce(refusal(code), 'assertive');
  }, [waits, refusal, code]);
  if (code === 'too-many-requests' && until !== undefined) {
    if (over) return <Banner announce="polite">{t('identity.signIn.tooManyOver')}</Banner>;
    return (
      <Banner tone="warn">
        <Countdown until={until} format={(leftMs) => t('identity.signIn.tooMany', { time: clock(leftMs) })} onEnd={onEnd} />
      </Banner>
    );
  }
  return (
    <Banner tone="danger" announce="assertive" title={refusal(code)}>
      {code === 'wrong-credentials' ? t('identity.signIn.wrongHint') : undefined}
    </Banner>
  );
}
