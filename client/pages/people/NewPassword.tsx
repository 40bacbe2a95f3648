// Gives a person a new password.
import { useState } from 'react';
import { Password, type Person } from '../../../server/contract/identity.ts';
import { errorCode } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { KeyIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { useChangePerson } from './change-person.ts';
import { generatePassword } from './passwords.ts';

export function NewPassword({ person, onChanged }: { readonly person: Person; readonly onChanged: (person: Person) => void }) {
  const { t, refusal } = useText();
  const [password, setPassword] = useState('');
  const [looked, setLooked] = useState(false);
  const change = useChangePerson(person, onChanged);
  const wrong = looked && !Password.safeParse(password).success;
  const fault = wrong ? t('identity.fault.password') : change.error ? refusal(errorCode(change.error)) : undefined;
  const type = (next: string) => {
    setPassword(next);
    change.reset();
  };
  const set = () => {
    setLooked(true);
    if (!Password.safeParse(password).success) return;
    change.mutate({ password }, { onSuccess: () => announce(t('people.edit.passwordDone')) });
  };
  return (
    <section className="people-part">
      <h3>{t('people.edit.password')}</h3>
      <p>{t('people.edit.passwordText')}</p>
      <PasswordField
        label={t('identity.field.newPassword')}
        value={password}
        onChange={type}
        help={t('identity.field.passwordHelp')}
        fault={fault}
        maxLength={200}
        autoComplete="new-password"
      />
      <div className="people-password">
        <Button icon={KeyIcon} onPress={() => type(generatePassword())}>
          {t('people.add.generate')}
        </Button>
        {password ? <CopyButton kind="quiet" text={password} label={t('app.copy')} /> : null}
      </div>
      {change.isSuccess ? <Banner tone="good">{t('people.edit.passwordDone')}</Banner> : null}
      <Button isPending={change.isPending} onPress={set}>
        {t('people.edit.passwordSet')}
      </Button>
    </section>
  );
}
