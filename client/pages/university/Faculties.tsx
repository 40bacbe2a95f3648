// The faculties: the first thing that a university needs.
import { useState } from 'react';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddIcon, GraduationIcon } from '../../ui/icons.ts';
import { AddEntry } from './AddEntry.tsx';
import { CatalogueList, OpenButton } from './CatalogueList.tsx';
import { emptyEntry } from './entry.ts';

type FacultiesProps = { readonly faculties: readonly Faculty[] | undefined; readonly error: Error | null; readonly retry: () => void };

export function Faculties({ faculties, error, retry }: FacultiesProps) {
  const { t } = useText();
  const [open, setOpen] = useState<Faculty | 'new' | null>(null);
  const add = () => setOpen('new');
  return (
    <>
      <CatalogueList
        label={t('university.faculties')}
        columns={[
          {
            id: 'name',
            title: t('university.field.faculty'),
            isRowHeader: true,
            cell: (faculty) => <OpenButton name={faculty.name} onPress={() => setOpen(faculty)} />,
          },
        ]}
        rows={faculties}
        rowKey={({ id }) => id}
        error={error}
        retry={retry}
        addLabel={t('university.faculty.add')}
        onAdd={add}
        empty={
          <EmptyState
            icon={GraduationIcon}
            title={t('university.faculty.empty.title')}
            action={
              <Button icon={AddIcon} kind="primary" onPress={add}>
                {t('university.faculty.add')}
              </Button>
            }
          >
            {t('university.faculty.empty.text')}
          </EmptyState>
        }
      />
      {open === 'new' ? (
        <AddEntry
          title={t('university.faculty.add')}
          fields={['faculty']}
          first={emptyEntry}
          faculties={[]}
          send={({ faculty }) => api(catalogueRoutes.addFaculty, { body: { name: faculty } })}
          done={({ faculty }) => t('university.added', { name: faculty })}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open !== null && open !== 'new' ? (
        <AddEntry
          title={t('university.faculty.rename')}
          action={t('app.save')}
          fields={['faculty']}
          first={{ ...emptyEntry, faculty: open.name }}
          faculties={[]}
          send={({ faculty }) => api(catalogueRoutes.changeFaculty, { params: { id: open.id }, body: { name: faculty } })}
          done={() => t('app.saved')}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}
