// What a teacher does with a recording: who may see it, what is left out of it, its marks, its files, its links, its end.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { RecordingId } from '../../../server/contract/ids.ts';
import { watchingTimeOf } from '../../../server/contract/watching-time.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowLeftIcon, LockIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RecordingView } from '../recording/RecordingView.tsx';
import { useRecordingPage } from '../recording/useRecordingPage.ts';
import { CutSection } from './CutSection.tsx';
import { FilesSection } from './FilesSection.tsx';
import { LinksSection } from './LinksSection.tsx';
import { MarksSection } from './MarksSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { PublicationSection } from './PublicationSection.tsx';
import { manifestQuery } from './queries.ts';
import { TrashSection } from './TrashSection.tsx';
import './recording-edit.css';

export default function RecordingEditPage() {
  const id = RecordingId.safeParse(useParams().recordingId);
  return id.success ? <Loaded key={id.data} id={id.data} /> : <NotFound />;
}

/** How soon is looked again while the class runs. */
const growsMs = 4000;

function Loaded({ id }: { readonly id: RecordingId }) {
  const { t } = useText();
  const page = useRecordingPage(id);
  const manifest = useQuery({ ...manifestQuery(id), refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : growsMs) });
  const [shownMs, setShownMs] = useState(0);
  const [openAtMs, setOpenAtMs] = useState<number | undefined>(undefined);
  usePageTitle(t('recording-edit.title'));
  const error = page.error ?? manifest.error;
  if (error && !(page.data && manifest.data))
    return (
      <LoadFailure
        error={error}
        title={t('recording-edit.failed')}
        onRetry={() => void Promise.all([page.refetch(), manifest.refetch()])}
      />
    );
  if (!page.data || !manifest.data) return <Skeleton height="24rem" />;
  const { title, courseTitle, may, publication } = page.data;
  if (!may.edit || publication === null)
    return (
      <EmptyState icon={LockIcon} title={t('recording-edit.notAllowed')}>
        {t('recording-edit.notAllowedText')}
      </EmptyState>
    );
  // Cuts are played here: whoever cuts must see what.
  const whole = { ...manifest.data, cuts: [] };
  const time = watchingTimeOf(whole);
  const moment = { ms: Math.round(shownMs), show: (ms: number) => time.toWatching(ms), go: setOpenAtMs };
  return (
    <div className="recording-edit">
      <PageHeader
        back={
          <Link href={`/recordings/${id}`} icon={ArrowLeftIcon}>
            {t('recording-edit.back')}
          </Link>
        }
        title={title}
        note={`${courseTitle} · ${t('recording-edit.title')}`}
      />
      <div className="recording-edit-columns">
        <div className="recording-edit-player">
          <RecordingView
            manifest={whole}
            as="editor"
            mode="page"
            page={page.data}
            openAtMs={openAtMs}
            onPosition={({ atMs }) => setShownMs(atMs)}
          />
        </div>
        <div className="recording-edit-tools">
          <CutSection id={id} durationMs={whole.durationMs} moment={moment} />
          <PeopleSection id={id} manifest={whole} />
          <MarksSection id={id} moment={moment} />
        </div>
      </div>
      <div className="recording-edit-sections">
        <PublicationSection key={JSON.stringify(publication)} id={id} publication={publication} lessonTitle={title} />
        <div className="recording-edit-tools">
          <LinksSection id={id} />
          <FilesSection id={id} exports={page.data.exports} isRunning={page.data.state !== 'ended'} />
          <TrashSection id={id} isRunning={page.data.state !== 'ended'} />
        </div>
      </div>
    </div>
  );
}
