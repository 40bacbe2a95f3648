// The lasting link of a course: leads on to the lesson that runs, or to the next one.
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import { CourseId } from '../../../server/contract/ids.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { useText } from '../../i18n/index.ts';
import { nowQuery } from './course.ts';

export default function CourseNowPage() {
  const id = CourseId.safeParse(useParams().courseId);
  return id.success ? <Onward id={id.data} /> : <NotFound />;
}

function Onward({ id }: { readonly id: CourseId }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery({ ...nowQuery(id), staleTime: 0 });
  if (error && data === undefined) return <LoadFailure error={error} title={t('course.failed')} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageSkeleton />;
  // A course without a lesson to come has still its page.
  return <Navigate to={data ? `/lessons/${data.id}` : `/courses/${id}`} replace />;
}
