// Disables an account after asking, and enables it again.
import { useState } from 'react';
import type { Person } from '../../../server/contract/identity.ts';
import { errorCode } from '../../app/api.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { LockIcon, UnlockIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { leavesNoAdministrator, useChangePerson } from './change-person.ts';

export function AccountAccess({ person, onChanged }: { readonly person: Person; readonly onChanged: (person: Person) => void }) {
  const { t, refusal } = useText();
  const me = usePerson();
  const [asking, setAsking] = useState(false);
  const change = useChangePerson(person, onChanged);
  const set = (disabled: boolean) =>
    change.mutateAsync({ disabled }).then(
      () => announce(t(disabled ? 'people.edit.disabled' : 'people.edit.enabled')),
      // Said below, so the question closes either way.
      () => {},
    );
  // Nobody locks themself out by a slip.
  if (person.id === me.id) return null;
  return (
    <section className="people-part">
      <h3>{t('people.edit.access')}</h3>
      {change.error ? (
        <Banner tone="danger" announce="assertive">
          {leavesNoAdministrator(change.error) ? t('people.edit.lastAdministrator') : refusal(errorCode(change.error))}
        </Banner>
      ) : null}
      {person.disabled ? (
        <Button icon={UnlockIcon} isPending={change.isPending} onPress={() => void set(false)}>
          {t('people.edit.enable')}
        </Button>
      ) : (
        <>
          <p>{t('people.edit.disableText')}</p>
          <Button icon={LockIcon} onPress={() => setAsking(true)}>
            {t('people.edit.disable')}
          </Button>
        </>
      )}
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('people.edit.disable.title', { name: person.displayName })}
        action={t('people.edit.disable')}
        kind="danger"
        onConfirm={() => set(true)}
      >
        {t('people.edit.disable.text')}
      </Confirm>
    </section>
  );
}
