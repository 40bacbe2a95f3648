// Takes name and everything personal from an account for good, after asking.
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
import { PersonRemoveIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { leavesNoAdministrator } from './change-person.ts';

export function Anonymise({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const { t, refusal } = useText();
  const me = usePerson();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const anonymise = useMutation({
    mutationFn: () => api(accountRoutes.anonymise, { params: { id: person.id } }),
    onSuccess: async () => {
      announce(t('people.anonymise.done'));
      await client.invalidateQueries({ queryKey: ['people'] });
      onDone();
    },
  });
  if (person.id === me.id) return null;
  return (
    <section className="people-part">
      <h3>{t('people.anonymise')}</h3>
      <p>{t('people.anonymise.text')}</p>
      {anonymise.error ? (
        <Banner tone="danger" announce="assertive">
          {leavesNoAdministrator(anonymise.error) ? t('people.edit.lastAdministrator') : refusal(errorCode(anonymise.error))}
        </Banner>
      ) : null}
      <Button icon={PersonRemoveIcon} kind="danger" onPress={() => setAsking(true)}>
        {t('people.anonymise')}
      </Button>
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('people.anonymise.title', { name: person.displayName })}
        action={t('people.anonymise')}
        kind="danger"
        // Said above, so the question closes either way.
        onConfirm={() =>
          anonymise.mutateAsync().then(
            () => {},
            () => {},
          )
        }
      >
        {t('people.anonymise.warning')}
      </Confirm>
    </section>
  );
}
