// The courses, found by code or title.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Course, Faculty } from '../../../server/contract/catalogue.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddIcon, BookOpenIcon } from '../../ui/icons.ts';
import { AddEntry } from './AddEntry.tsx';
import { CatalogueList, OpenButton } from './CatalogueList.tsx';
import { CourseDrawer } from './CourseDrawer.tsx';
import { coursesQuery } from './catalogue.ts';
import { courseFields, courseOf } from './course-entry.ts';
import { emptyEntry } from './entry.ts';

export default function Courses({ faculties }: { readonly faculties: readonly Faculty[] }) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const courses = useInfiniteQuery(coursesQuery(useSettled(typed.trim())));
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Course | null>(null);
  const nameOf = new Map(faculties.map(({ id, name }) => [id, name]));
  const rows = courses.data?.pages.flatMap((page) => page.courses);
  const current = rows?.find(({ id }) => id === opened?.id) ?? opened;
  return (
    <>
      <CatalogueList
        label={t('university.courses')}
        columns={[
          {
            id: 'title',
            title: t('university.field.title'),
            isRowHeader: true,
            cell: (course) => <OpenButton name={course.title} onPress={() => setOpened(course)} />,
          },
          { id: 'code', title: t('university.field.code'), width: '9rem', cell: ({ code }) => code },
          { id: 'faculty', title: t('university.field.facultyId'), cell: ({ facultyId }) => nameOf.get(facultyId) ?? '–' },
          { id: 'assistants', title: t('university.course.assistants'), numeric: true, cell: ({ assistants }) => assistants },
        ]}
        rows={rows}
        rowKey={({ id }) => id}
        error={courses.error}
        retry={() => void courses.refetch()}
        search={{ label: t('university.course.search'), typed, onType: setTyped }}
        more={courses.hasNextPage ? { isPending: courses.isFetchingNextPage, load: () => void courses.fetchNextPage() } : undefined}
        addLabel={t('university.course.add')}
        onAdd={() => setAdding(true)}
        empty={
          <EmptyState
            icon={BookOpenIcon}
            title={t('university.course.empty.title')}
            action={
              <Button icon={AddIcon} kind="primary" onPress={() => setAdding(true)}>
                {t('university.course.add')}
              </Button>
            }
          >
            {t('university.course.empty.text')}
          </EmptyState>
        }
      />
      {adding ? (
        <AddEntry
          title={t('university.course.add')}
          fields={courseFields}
          first={{ ...emptyEntry, facultyId: faculties.length === 1 ? (faculties[0]?.id ?? null) : null }}
          faculties={faculties}
          send={(draft) => api(catalogueRoutes.addCourse, { body: courseOf(draft) })}
          done={({ title }) => t('university.added', { name: title })}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {current ? <CourseDrawer key={current.id} course={current} faculties={faculties} onClose={() => setOpened(null)} /> : null}
    </>
  );
}
