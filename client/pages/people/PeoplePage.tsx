// Everybody who has an account: find, add, change, import. For administrators.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Person, Role } from '../../../server/contract/identity.ts';
import { peopleRoutes } from '../../../server/contract/routes-people.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PersonAddIcon, SearchIcon, SpreadsheetIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AddPerson } from './AddPerson.tsx';
import { EditPerson } from './EditPerson.tsx';
import { ImportPeople } from './ImportPeople.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import './PeoplePage.css';

export default function PeoplePage() {
  const { t } = useText();
  usePageTitle(t('people.title'));
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const [role, setRole] = useState<Role | 'any'>('any');
  const [editing, setEditing] = useState<Person | null>(null);
  const [open, setOpen] = useState<'add' | 'import' | null>(null);

  const people = useInfiniteQuery({
    queryKey: ['people', search, role],
    queryFn: ({ pageParam, signal }) =>
      api(peopleRoutes.people, {
        query: { search: search || undefined, role: role === 'any' ? undefined : role, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // While the next letters are looked up the table stays, so that nothing jumps.
    placeholderData: keepPreviousData,
  });
  const rows = people.data?.pages.flatMap((page) => page.people) ?? [];
  const total = people.data?.pages[0]?.total ?? 0;
  const shown = people.data
    ? total > rows.length
      ? t('people.shown', { shown: rows.length, total })
      : t('people.total', { n: total })
    : '';

  return (
    <>
      <PageHeader
        title={t('people.title')}
        actions={
          <>
            <Button icon={SpreadsheetIcon} onPress={() => setOpen('import')}>
              {t('people.import.button')}
            </Button>
            <Button icon={PersonAddIcon} kind="primary" onPress={() => setOpen('add')}>
              {t('people.add.button')}
            </Button>
          </>
        }
      />
      <div className="people-bar">
        <SearchField label={t('people.search')} value={typed} onChange={setTyped} className="people-search" />
        <Select
          aria-label={t('people.roleFilter')}
          options={[{ id: 'any', label: t('people.roleAny') }, ...Role.options.map((id) => ({ id, label: t(`identity.role.${id}`) }))]}
          value={role}
          onChange={(id) => setRole(id === 'any' ? 'any' : Role.parse(id))}
          className="people-role"
        />
        <p className="people-count" role="status">
          {shown}
        </p>
      </div>
      {people.error ? <LoadBanner error={people.error} title={t('people.failed')} onRetry={() => void people.refetch()} /> : null}
      {people.isPending ? <Skeleton height="24rem" /> : null}
      {people.data ? (
        <PeopleTable
          people={rows}
          onEdit={setEditing}
          empty={
            <EmptyState icon={SearchIcon} title={t('people.empty.title')}>
              {t('people.empty.text')}
            </EmptyState>
          }
        />
      ) : null}
      {people.hasNextPage ? (
        <div className="people-more">
          <Button isPending={people.isFetchingNextPage} onPress={() => void people.fetchNextPage()}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
      {editing ? <EditPerson key={editing.id} person={editing} onClose={() => setEditing(null)} onChanged={setEditing} /> : null}
      {open === 'add' ? <AddPerson onClose={() => setOpen(null)} /> : null}
      {open === 'import' ? <ImportPeople onClose={() => setOpen(null)} /> : null}
    </>
  );
}
