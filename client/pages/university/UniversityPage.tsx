// What lessons are made of: the calendar, faculties, courses, groups. For administrators and coordinators.
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Link, useSearchParams } from 'react-router';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { facultiesQuery } from './catalogue.ts';
import { type Section, type SectionGroup, sections } from './sections.tsx';
import './UniversityPage.css';

const groups: readonly SectionGroup[] = ['time', 'structure', 'attendance', 'data'];

export default function UniversityPage() {
  const { t } = useText();
  usePageTitle(t('university.title'));
  const [parameters, setParameters] = useSearchParams();
  const { hasRole } = useSession();
  const mine = sections.filter(({ forAdministrators }) => !forAdministrators || hasRole('administrator'));
  const faculties = useQuery(facultiesQuery);
  // An empty university begins with its faculties.
  const usual = faculties.data?.length === 0 ? 'faculties' : 'courses';
  const shown = find(mine, parameters.get('view')) ?? find(mine, usual);
  return (
    <>
      <PageHeader title={t('university.title')} note={t('university.note')} />
      <div className="university">
        <nav className="university-nav" aria-label={t('university.title')}>
          {groups.map((group) => (
            <div key={group} className="university-nav-group">
              <h2>{t(`university.group.of.${group}`)}</h2>
              <ul>
                {mine
                  .filter((section) => section.group === group)
                  .map(({ id, title }) => (
                    <li key={id}>
                      <Link to={`?view=${id}`} replace className="university-nav-link" aria-current={id === shown?.id ? 'page' : undefined}>
                        {t(title)}
                      </Link>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </nav>
        <Select
          className="university-pick"
          label={t('university.section')}
          options={mine.map(({ id, title }) => ({ id, label: t(title) }))}
          value={shown?.id ?? null}
          onChange={(view) => setParameters({ view }, { replace: true })}
        />
        <section className="university-section" aria-label={shown ? t(shown.title) : t('university.title')}>
          <Suspense key={shown?.id} fallback={<Skeleton height="16rem" />}>
            {shown ? <shown.Content /> : null}
          </Suspense>
        </section>
      </div>
    </>
  );
}

function find(among: readonly Section[], id: string | null): Section | undefined {
  return among.find((section) => section.id === id);
}
