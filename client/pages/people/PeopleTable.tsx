// The table of people; on a phone the less needed columns give way.
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Person } from '../../../server/contract/identity.ts';
import { usePerson } from '../../app/session.tsx';
import { languageNames, useText } from '../../i18n/index.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { LockIcon, PersonRemoveIcon } from '../../ui/icons.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import { useFaculties } from './RoleLimits.tsx';

type PeopleTableProps = { readonly people: readonly Person[]; readonly onEdit: (person: Person) => void; readonly empty: ReactNode };

export function PeopleTable({ people, onEdit, empty }: PeopleTableProps) {
  const { t } = useText();
  const me = usePerson();
  const faculties = useFaculties().data?.faculties ?? [];
  const names = new Map<string, string>(faculties.map(({ id, name }) => [id, name]));
  const columns: Column<Person>[] = [
    {
      id: 'name',
      title: t('identity.field.displayName'),
      isRowHeader: true,
      cell: (person) => (
        <span className="people-name">
          <Avatar name={person.displayName} size="small" />
          <span className="people-name-text">
            <AriaButton className="people-open" aria-label={t('people.edit', { name: person.displayName })} onPress={() => onEdit(person)}>
              {person.displayName}
            </AriaButton>
            {person.id === me.id ? <span className="people-note">{t('people.you')}</span> : null}
          </span>
          {person.anonymised ? (
            <Chip icon={PersonRemoveIcon}>{t('people.anonymous')}</Chip>
          ) : person.disabled ? (
            <Chip tone="warn" icon={LockIcon}>
              {t('people.disabled')}
            </Chip>
          ) : null}
        </span>
      ),
    },
    { id: 'signInName', title: t('identity.field.signInName'), cell: ({ signInName }) => signInName },
    { id: 'roles', title: t('identity.field.roles'), cell: (person) => <Roles person={person} names={names} /> },
    { id: 'email', title: t('identity.field.email'), cell: ({ email }) => email ?? '–' },
    { id: 'language', title: t('identity.field.language'), cell: ({ language }) => (language ? languageNames[language] : '–') },
  ];
  return <Table label={t('people.table')} columns={columns} rows={people} rowKey={({ id }) => id} empty={empty} className="people-table" />;
}

/** A limited role says where it holds. */
function Roles({ person, names }: { readonly person: Person; readonly names: ReadonlyMap<string, string> }) {
  const { t } = useText();
  return person.roles.map((role) => {
    const limits = person.roleFaculties?.[role];
    const word = t(`identity.role.${role}`);
    if (!limits) return <div key={role}>{word}</div>;
    const faculties = limits.map((id) => names.get(id) ?? id).join(', ');
    return <div key={role}>{t('people.limits.shown', { role: word, faculties })}</div>;
  });
}
