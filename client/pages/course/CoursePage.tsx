// A course: its next class behind one lasting link, its lessons, recordings and attendance, and its people.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { CourseId, type LessonId } from '../../../server/contract/ids.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { CalendarIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Fact } from '../timetable/Fact.tsx';
import { LessonDrawer } from '../timetable/LessonDrawer.tsx';
import { useNow } from '../timetable/useLessons.ts';
import { CourseAttendance } from './CourseAttendance.tsx';
import { CourseLessons } from './CourseLessons.tsx';
import { CourseNow } from './CourseNow.tsx';
import { CourseRecordings } from './CourseRecordings.tsx';
import { type Page, pageQuery } from './course.ts';
import './CoursePage.css';

export default function CoursePage() {
  const id = CourseId.safeParse(useParams().courseId);
  return id.success ? <Course key={id.data} id={id.data} /> : <NotFound />;
}

function Course({ id }: { readonly id: CourseId }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(pageQuery(id));
  usePageTitle(data?.course.title ?? t('timetable.field.course'));
  if (data) return <Contents page={data} />;
  if (error) return <LoadFailure error={error} title={t('course.failed')} onRetry={() => void refetch()} />;
  return <PageSkeleton />;
}

const views = ['coming', 'past', 'recordings', 'attendance'] as const;

function Contents({ page: { course, teachers, groups, link, role, lessons } }: { readonly page: Page }) {
  const { t } = useText();
  const { hasRole } = useSession();
  const now = useNow(0);
  const [view, setView] = useState<(typeof views)[number]>('coming');
  const [opened, setOpened] = useState<LessonId | null>(null);
  // Whose attendance is nobody's business here sees no empty page of it.
  const counted = role !== 'none' || hasRole('administrator', 'coordinator', 'observer');
  const list = { courseId: course.id, now, onOpen: setOpened };
  const content = {
    coming: <CourseLessons key="coming" {...list} direction="coming" counted={lessons.coming} />,
    past: <CourseLessons key="past" {...list} direction="past" counted={lessons.past} />,
    recordings: <CourseRecordings courseId={course.id} />,
    attendance: <CourseAttendance courseId={course.id} />,
  };
  const count = { coming: lessons.coming, past: lessons.past, recordings: undefined, attendance: undefined };
  return (
    <>
      <PageHeader
        back={
          <Link href={`/timetable?course=${course.id}`} icon={CalendarIcon}>
            {t('course.week')}
          </Link>
        }
        title={course.title}
        note={[course.code, course.faculty.name, course.department?.name].filter(Boolean).join(' · ')}
      />
      <div className="course">
        <div className="course-main">
          <CourseNow courseId={course.id} now={now} clockAheadMs={0} onOpen={setOpened} />
          <Tabs
            label={t('course.views')}
            selected={view}
            onSelect={setView}
            views={views
              .filter((one) => one !== 'attendance' || counted)
              .map((one) => ({ id: one, title: t(`course.${one}`), count: count[one], content: content[one] }))}
          />
        </div>
        <aside className="course-aside" aria-label={t('course.about')}>
          <section className="course-link">
            <h2>{t('course.link')}</h2>
            <p className="drawer-note">{t('course.linkText')}</p>
            <p className="course-link-address">{link}</p>
            <CopyButton text={link} label={t('timetable.guests.copy')} />
          </section>
          <dl className="facts">
            {teachers.length > 0 ? (
              <Fact name={t('course.teachers', { n: teachers.length })}>{teachers.map(({ displayName }) => displayName).join(', ')}</Fact>
            ) : null}
            {groups.length > 0 ? <Fact name={t('timetable.field.groups')}>{groups.map(({ name }) => name).join(', ')}</Fact> : null}
            {course.credits === null ? null : <Fact name={t('course.credits')}>{course.credits}</Fact>}
          </dl>
        </aside>
      </div>
      <LessonDrawer key={opened} id={opened} known={undefined} now={now} onClose={() => setOpened(null)} />
    </>
  );
}
