// Watching a recording: what it is, the player with what stands beside it, and what those who may can do with it.
import { useParams, useSearchParams } from 'react-router';
import { LessonId, RecordingId } from '../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import type { RecordingPage as Page } from '../../../server/contract/recording-page.ts';
import { watchingTimeOf } from '../../../server/contract/watching-time.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { type TextKey, useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowLeftIcon, CameraOffIcon, EditIcon, LockIcon, PeopleIcon, RecordIcon, RegisterIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Downloads } from './Downloads.tsx';
import { OtherRecordings } from './OtherRecordings.tsx';
import { refusalOf } from './refused.ts';
import { StudiedRecording } from './StudiedRecording.tsx';
import { useManifest } from './useManifest.ts';
import { useRecordingPage } from './useRecordingPage.ts';
import './recording.css';

export default function RecordingPage() {
  const id = RecordingId.safeParse(useParams().recordingId);
  return id.success ? <Recording key={id.data} id={id.data} /> : <NotFound />;
}

function Recording({ id }: { readonly id: RecordingId }) {
  const { t } = useText();
  const manifest = useManifest(id);
  const page = useRecordingPage(id);
  usePageTitle(page.data ? t('recording.titleOf', { title: page.data.title }) : t('recording.title'));
  const error = manifest.error ?? page.error;
  // Rights are asked again all the time: who has lost them sees it at once.
  const refused = refusalOf(error);
  if (refused) return <RefusedRecording text={refused} />;
  if (manifest.data && page.data) return <Watch manifest={manifest.data} page={page.data} />;
  if (!error) return <Loading />;
  return (
    <LoadFailure
      error={error}
      title={t('recording.failed')}
      onRetry={() => {
        void manifest.refetch();
        void page.refetch();
      }}
    />
  );
}

function Watch({ manifest, page }: { readonly manifest: RecordingManifest; readonly page: Page }) {
  const { t } = useText();
  const [search] = useSearchParams();
  const { person } = useSession();
  const asked = Number(search.get('t') ?? Number.NaN);
  const isRunning = manifest.state !== 'ended';
  return (
    <>
      <PageHeader
        back={
          person ? (
            <Link href="/" icon={ArrowLeftIcon}>
              {t('app.toTimetable')}
            </Link>
          ) : null
        }
        title={page.title}
        note={<Note manifest={manifest} page={page} />}
        actions={<Actions page={page} />}
      />
      {manifest.tracks.length === 0 ? (
        <EmptyState icon={CameraOffIcon} title={t(isRunning ? 'recording.notYet.title' : 'recording.empty.title')}>
          {t(isRunning ? 'recording.notYet.text' : 'recording.empty.text')}
        </EmptyState>
      ) : (
        <StudiedRecording manifest={manifest} page={page} openAtMs={Number.isFinite(asked) ? asked * 1000 : undefined} />
      )}
      {person ? <OtherRecordings lessonId={LessonId.parse(manifest.lessonId)} current={manifest.id} /> : null}
    </>
  );
}

function Note({ manifest, page }: { readonly manifest: RecordingManifest; readonly page: Page }) {
  const { t, date, time, duration } = useText();
  const { lengthMs } = watchingTimeOf(manifest);
  const isRunning = manifest.state !== 'ended';
  return (
    <span className="recording-note">
      <span>{page.courseTitle}</span>
      <span>{`${date(manifest.startedAt, 'long')}, ${time(manifest.startedAt)}`}</span>
      <span>{isRunning ? t('recording.soFar', { time: duration(lengthMs) }) : duration(lengthMs)}</span>
      {isRunning ? (
        <Chip tone="recording" icon={RecordIcon}>
          {manifest.state === 'paused' ? t('recording.state.paused') : t('recording.state.recording')}
        </Chip>
      ) : null}
    </span>
  );
}

function Actions({ page }: { readonly page: Page }) {
  const { t } = useText();
  const { id, lessonId, may } = page;
  return (
    <>
      <Downloads page={page} />
      {may.seeViews ? (
        <ButtonLink icon={PeopleIcon} href={`/recordings/${id}/viewing`}>
          {t('recording.whoWatched')}
        </ButtonLink>
      ) : null}
      {may.edit ? (
        <ButtonLink icon={EditIcon} href={`/recordings/${id}/edit`}>
          {t('recording.edit')}
        </ButtonLink>
      ) : null}
      {may.note ? (
        <ButtonLink icon={RegisterIcon} href={`/lessons/${lessonId}/register`}>
          {t('recording.register')}
        </ButtonLink>
      ) : null}
    </>
  );
}

function RefusedRecording({ text }: { readonly text: TextKey }) {
  const { t } = useText();
  return (
    <EmptyState icon={LockIcon} level={1} title={t('recording.refused')} action={<ButtonLink href="/">{t('app.toTimetable')}</ButtonLink>}>
      {t(text)}
    </EmptyState>
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
