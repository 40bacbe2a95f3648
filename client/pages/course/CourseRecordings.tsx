// The recordings of all lessons of a course, newest first.
import { useQuery } from '@tanstack/react-query';
import type { CourseId } from '../../../server/contract/ids.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PlayIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { recordingsQuery } from './course.ts';

export function CourseRecordings({ courseId }: { readonly courseId: CourseId }) {
  const { t, dateTime, duration } = useText();
  const { data, error, refetch } = useQuery(recordingsQuery(courseId));
  if (error && !data) return <LoadFailure error={error} title={t('course.recordings.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height="9rem" />;
  if (data.length === 0) {
    return (
      <EmptyState icon={PlayIcon} level={3} title={t('course.recordings.empty')}>
        {t('course.recordings.emptyText')}
      </EmptyState>
    );
  }
  return (
    <ul className="course-lessons">
      {data.map((recording) => (
        <li key={recording.id} className="course-lesson">
          <div className="course-lesson-text">
            <Link href={`/recordings/${recording.id}`} icon={PlayIcon}>
              {recording.lessonTitle}
            </Link>
            <p className="drawer-note tabular">
              {dateTime(recording.startedAt)}
              {recording.endedAt === null ? '' : ` · ${duration(recording.endedAt - recording.startedAt)}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
