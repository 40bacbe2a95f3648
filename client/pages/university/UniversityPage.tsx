// Faculties, courses and groups: what lessons are made of. For administrators and coordinators.
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { GraduationIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Courses } from './Courses.tsx';
import { facultiesQuery } from './catalogue.ts';
import { Faculties } from './Faculties.tsx';
import { Groups } from './Groups.tsx';
import './UniversityPage.css';

const views = ['faculties', 'courses', 'groups'] as const;
type View = (typeof views)[number];

export default function UniversityPage() {
  const { t } = useText();
  usePageTitle(t('university.title'));
  const [parameters, setParameters] = useSearchParams();
  const faculties = useQuery(facultiesQuery);
  const asked = views.find((view) => view === parameters.get('view'));
  const selected = asked ?? (faculties.data?.length ? 'courses' : 'faculties');
  const show = (view: View) => setParameters({ view }, { replace: true });
  // Courses and groups belong to a faculty.
  const first = (
    <EmptyState
      icon={GraduationIcon}
      title={t('university.faculty.first.title')}
      action={
        <Button kind="primary" onPress={() => show('faculties')}>
          {t('university.faculties')}
        </Button>
      }
    >
      {t('university.faculty.first.text')}
    </EmptyState>
  );
  const known = faculties.data ?? [];
  const contentOf = (view: View) => {
    switch (view) {
      case 'faculties':
        return <Faculties faculties={faculties.data} error={faculties.error} retry={() => void faculties.refetch()} />;
      case 'courses':
        return faculties.data?.length === 0 ? first : <Courses faculties={known} />;
      case 'groups':
        return faculties.data?.length === 0 ? first : <Groups faculties={known} />;
    }
  };
  return (
    <>
      <PageHeader title={t('university.title')} note={t('university.note')} />
      <Tabs
        label={t('university.title')}
        views={views.map((id) => ({ id, title: t(`university.${id}`), content: contentOf(id) }))}
        selected={selected}
        onSelect={show}
      />
    </>
  );
}
