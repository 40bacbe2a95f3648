// Adds one person.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { peopleRoutes } from '../../../server/contract/routes-people.ts';
import { api } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { PersonFields } from './PersonFields.tsx';
import { generatePassword } from './passwords.ts';
import { emailOf, emptyPerson, externalIdOf, type PersonField } from './person-draft.ts';
import { limitsOf } from './RoleLimits.tsx';
import { usePersonForm } from './usePersonForm.ts';

const fields = ['displayName', 'signInName', 'roles', 'email', 'password'] as const satisfies readonly PersonField[];

export function AddPerson({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => {
      const { displayName, signInName, language, roles, password, limits } = form.draft;
      const body = { displayName, signInName, language, roles: [...roles], password, email: emailOf(form.draft) };
      return api(peopleRoutes.addPerson, {
        body: { ...body, roleFaculties: limitsOf(limits, roles), externalId: externalIdOf(form.draft) },
      });
    },
    onSuccess: async ({ displayName }) => {
      announce(t('people.add.done', { name: displayName }));
      await client.invalidateQueries({ queryKey: ['people'] });
      onClose();
    },
  });
  const form = usePersonForm({ ...emptyPerson, roles: ['student'] }, fields, add.error);
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('people.add.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form.id} isPending={add.isPending}>
            {t('app.add')}
          </Button>
        </>
      }
    >
      <form
        id={form.id}
        className="person-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(() => add.mutate());
        }}
      >
        <PersonFields
          draft={form.draft}
          onChange={form.setDraft}
          fields={['displayName', 'signInName', 'roles', 'email', 'externalId', 'language', 'password']}
          faults={form.faults}
        />
        <div className="people-password">
          <Button icon={KeyIcon} onPress={() => form.setDraft({ ...form.draft, password: generatePassword() })}>
            {t('people.add.generate')}
          </Button>
          {form.draft.password ? <CopyButton kind="quiet" text={form.draft.password} label={t('app.copy')} /> : null}
        </div>
        <p className="import-note">{t('people.add.passwordHelp')}</p>
        {form.fault ? (
          <Banner tone="danger" announce="assertive">
            {form.fault}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
