// One course: what it is called, who helps in it, and who takes it beside the groups of its lessons.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Course, Faculty } from '../../../server/contract/catalogue.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { SkeletonText } from '../../ui/Skeleton.tsx';
import { peopleKey } from './catalogue.ts';
import { courseEntry, courseFields, courseOf } from './course-entry.ts';
import { EditEntry } from './EditEntry.tsx';
import { NamesForm } from './NamesForm.tsx';

type CourseDrawerProps = { readonly course: Course; readonly faculties: readonly Faculty[]; readonly onClose: () => void };

export function CourseDrawer({ course, faculties, onClose }: CourseDrawerProps) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const { id, title } = course;
  const queryKey = peopleKey('course', id);
  const people = useQuery({ queryKey, queryFn: ({ signal }) => api(catalogueRoutes.coursePeople, { params: { id }, signal }), gcTime: 0 });
  return (
    <Drawer isOpen onOpenChange={(open) => !open && onClose()} title={title}>
      <EditEntry
        fields={courseFields}
        first={courseEntry(course)}
        faculties={faculties}
        send={(draft) => api(catalogueRoutes.changeCourse, { params: { id }, body: courseOf(draft) })}
      />
      {people.isPending ? <SkeletonText lines={6} /> : null}
      {people.error ? <Banner tone="danger">{refusal(errorCode(people.error))}</Banner> : null}
      {people.data ? (
        <NamesForm
          title={t('university.course.people')}
          parts={[
            {
              id: 'assistants',
              label: t('university.course.assistants'),
              help: t('university.course.assistantsHelp'),
              members: people.data.assistants,
            },
            {
              id: 'students',
              label: t('university.course.students'),
              help: t('university.course.studentsHelp'),
              members: people.data.students,
            },
          ]}
          send={async (names) => {
            const body = { assistants: names('assistants'), students: names('students') };
            client.setQueryData(queryKey, await api(catalogueRoutes.setCoursePeople, { params: { id }, body }));
          }}
        />
      ) : null}
    </Drawer>
  );
}
