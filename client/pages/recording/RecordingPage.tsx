// Watching a recording: what it is, the player, and who is in it.
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { routes } from '../../../server/contract/http.ts';
import { LessonId, RecordingId } from '../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import { api } from '../../app/api.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowLeftIcon, CameraOffIcon, RecordIcon, RegisterIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { OtherRecordings } from './OtherRecordings.tsx';
import { RecordingPlayer } from './RecordingPlayer.tsx';
import './recording.css';

/** How soon a recording that still runs is looked at again. */
const growsMs = 4000;

export default function RecordingPage() {
  const id = RecordingId.safeParse(useParams().recordingId);
  return id.success ? <Recording key={id.data} id={id.data} /> : <NotFound />;
}

function Recording({ id }: { readonly id: RecordingId }) {
  const { t } = useText();
  const {
    data: manifest,
    error,
    refetch,
  } = useQuery({
    queryKey: ['recording', id],
    queryFn: ({ signal }) => api(routes.recording, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : growsMs),
  });
  usePageTitle(t('recording.title'));
  if (manifest) return <Watch manifest={manifest} />;
  if (!error) return <Loading />;
  return <LoadFailure error={error} title={t('recording.failed')} onRetry={() => void refetch()} />;
}

function Watch({ manifest }: { readonly manifest: RecordingManifest }) {
  const { t, date, time, duration } = useText();
  const lessonId = LessonId.parse(manifest.lessonId);
  const { data: lesson, isPending } = useQuery({
    queryKey: ['lesson', lessonId],
    queryFn: ({ signal }) => api(routes.lesson, { params: { id: lessonId }, signal }),
    staleTime: 60_000,
  });
  const title = lesson?.title ?? t('recording.title');
  usePageTitle(lesson ? t('recording.titleOf', { title }) : title);
  const watchableMs = manifest.pauses.reduce((rest, { fromMs, toMs }) => rest - (toMs - fromMs), manifest.durationMs);
  const isRunning = manifest.state !== 'ended';
  return (
    <>
      <PageHeader
        back={
          <Link href="/" icon={ArrowLeftIcon}>
            {t('app.toTimetable')}
          </Link>
        }
        title={isPending ? <Skeleton width="16rem" height="1.75rem" /> : title}
        note={
          <span className="recording-note">
            {lesson ? <span>{lesson.course.title}</span> : null}
            <span>{`${date(manifest.startedAt, 'long')}, ${time(manifest.startedAt)}`}</span>
            <span>{isRunning ? t('recording.soFar', { time: duration(watchableMs) }) : duration(watchableMs)}</span>
            {isRunning ? (
              <Chip tone="recording" icon={RecordIcon}>
                {manifest.state === 'paused' ? t('recording.state.paused') : t('recording.state.recording')}
              </Chip>
            ) : null}
          </span>
        }
        actions={
          lesson ? (
            <ButtonLink icon={RegisterIcon} href={`/lessons/${lessonId}/register`}>
              {t('recording.register')}
            </ButtonLink>
          ) : null
        }
      />
      {manifest.tracks.length === 0 ? (
        <EmptyState icon={CameraOffIcon} title={t(isRunning ? 'recording.notYet.title' : 'recording.empty.title')}>
          {t(isRunning ? 'recording.notYet.text' : 'recording.empty.text')}
        </EmptyState>
      ) : isPending ? (
        <Skeleton height="min(36rem, 56vw)" />
      ) : (
        <RecordingPlayer manifest={manifest} leader={lesson?.teacher.displayName} />
      )}
      <OtherRecordings lessonId={lessonId} current={manifest.id} />
    </>
  );
}

function Loading() {
  const { t } = useText();
  return (
    <div className="recording-loading" aria-busy="true" aria-label={t('app.loading')} role="status">
      <Skeleton width="16rem" height="1.75rem" />
      <Skeleton height="min(36rem, 56vw)" />
    </div>
  );
}
