// One person's account: name, roles, a new password, and whether they may sign in.
import type { Person } from '../../../server/contract/identity.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { announce } from '../../ui/live.ts';
import { AccountAccess } from './AccountAccess.tsx';
import { Anonymise } from './Anonymise.tsx';
import { leavesNoAdministrator, useChangePerson } from './change-person.ts';
import { NewPassword } from './NewPassword.tsx';
import { PersonFields } from './PersonFields.tsx';
import { emailOf, emptyPerson, externalIdOf, type PersonField } from './person-draft.ts';
import { limitsOf } from './RoleLimits.tsx';
import { SecondFactorReset } from './SecondFactorReset.tsx';
import { usePersonForm } from './usePersonForm.ts';

const fields = ['displayName', 'roles', 'email'] as const satisfies readonly PersonField[];

type EditPersonProps = { readonly person: Person; readonly onClose: () => void; readonly onChanged: (person: Person) => void };

export function EditPerson(props: EditPersonProps) {
  return props.person.anonymised ? <Anonymous {...props} /> : <KnownPerson {...props} />;
}

/** There is nothing left to change. */
function Anonymous({ person, onClose }: EditPersonProps) {
  const { t } = useText();
  return (
    <Drawer isOpen onOpenChange={(open) => !open && onClose()} title={person.displayName}>
      <Banner>{t('people.anonymise.done')}</Banner>
    </Drawer>
  );
}

function KnownPerson({ person, onClose, onChanged }: EditPersonProps) {
  const { t } = useText();
  const change = useChangePerson(person, onChanged);
  const { displayName, signInName, language, roles, roleFaculties: limits = {} } = person;
  const known = { displayName, signInName, language, roles, limits, email: person.email ?? '', externalId: person.externalId ?? '' };
  const form = usePersonForm({ ...emptyPerson, ...known }, fields, change.error);
  const conflict = change.error !== null && form.fault !== undefined && leavesNoAdministrator(change.error);
  return (
    <Drawer isOpen onOpenChange={(open) => !open && onClose()} title={person.displayName}>
      <p className="import-note">{person.signInName}</p>
      {person.disabled ? <Banner tone="warn">{t('people.edit.isDisabled')}</Banner> : null}
      <form
        id={form.id}
        className="person-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(() => {
            const { draft } = form;
            change.mutate(
              {
                ...{ displayName: draft.displayName, language: draft.language, email: emailOf(draft), externalId: externalIdOf(draft) },
                ...{ roles: [...draft.roles], roleFaculties: limitsOf(draft.limits, draft.roles) },
              },
              { onSuccess: () => announce(t('people.edit.saved')) },
            );
          });
        }}
      >
        <PersonFields
          draft={form.draft}
          onChange={form.setDraft}
          fields={['displayName', 'roles', 'email', 'externalId', 'language']}
          faults={form.faults}
        />
        {form.fault ? (
          <Banner tone="danger" announce="assertive">
            {conflict ? t('people.edit.lastAdministrator') : form.fault}
          </Banner>
        ) : null}
        {change.isSuccess ? (
          <Banner tone="good" onDismiss={() => change.reset()}>
            {t('people.edit.saved')}
          </Banner>
        ) : null}
        <Button type="submit" kind="primary" isPending={change.isPending}>
          {t('app.save')}
        </Button>
      </form>
      <NewPassword person={person} onChanged={onChanged} />
      <SecondFactorReset person={person} onChanged={onChanged} />
      <AccountAccess person={person} onChanged={onChanged} />
      <Anonymise person={person} onDone={onClose} />
    </Drawer>
  );
}
