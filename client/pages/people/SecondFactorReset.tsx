// Takes the second factor from someone who lost phone and recovery codes, after asking.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../../server/contract/identity.ts';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { api, errorCode } from '../../app/api.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';

export function SecondFactorReset({ person, onChanged }: { readonly person: Person; readonly onChanged: (person: Person) => void }) {
  const { t, refusal } = useText();
  const me = usePerson();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const reset = useMutation({
    mutationFn: () => api(accountRoutes.resetSecondFactor, { params: { id: person.id } }),
    onSuccess: async (changed) => {
      announce(t('people.secondFactor.resetDone'));
      onChanged(changed);
      await client.invalidateQueries({ queryKey: ['people'] });
    },
  });
  if (person.id === me.id || person.secondFactor !== 'on') return null;
  return (
    <section className="people-part">
      <h3>{t('people.secondFactor')}</h3>
      <p>{t('people.secondFactor.on')}</p>
      {reset.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(reset.error))}
        </Banner>
      ) : null}
      <Button onPress={() => setAsking(true)}>{t('people.secondFactor.reset')}</Button>
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('people.secondFactor.reset.title', { name: person.displayName })}
        action={t('people.secondFactor.reset')}
        kind="danger"
        // Said above, so the question closes either way.
        onConfirm={() =>
          reset.mutateAsync().then(
            () => {},
            () => {},
          )
        }
      >
        {t('people.secondFactor.reset.text')}
      </Confirm>
    </section>
  );
}
