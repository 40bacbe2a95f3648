// A recording by a link: asks for its password, if it has one, and shows the recording without an account.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api, errorCode } from '../../app/api.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { Downloads } from '../recording/Downloads.tsx';
import { RecordingView } from '../recording/RecordingView.tsx';
import { useManifest } from '../recording/useManifest.ts';
import { useRecordingPage } from '../recording/useRecordingPage.ts';
import './shared-recording.css';

export default function SharedRecordingPage() {
  const { t } = useText();
  const { token = '' } = useParams();
  usePageTitle(t('recording.shared.title'));
  const link = useQuery({
    queryKey: ['shared-recording', token],
    queryFn: ({ signal }) => api(recordingRoutes.sharedRecording, { params: { token }, signal }),
    retry: false,
  });
  const open = useMutation({
    mutationFn: (password: string | null) => api(recordingRoutes.openSharedRecording, { params: { token }, body: { password } }),
  });
  const { mutate } = open;
  const needsPassword = link.data?.needsPassword;
  useEffect(() => {
    if (needsPassword === false) mutate(null);
  }, [needsPassword, mutate]);
  const id = RecordingId.safeParse(open.data?.recordingId);
  if (id.success) return <Watch id={id.data} />;
  if (needsPassword === true) return <Password error={open.error} isPending={open.isPending} onSend={mutate} />;
  const error = link.error ?? open.error;
  return error ? <Faulty error={error} onRetry={() => void link.refetch()} /> : <PageSkeleton />;
}

function Faulty({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { t } = useText();
  if (errorCode(error) === 'offline') return <LoadFailure error={error} title={t('recording.failed')} onRetry={onRetry} />;
  return (
    <EmptyState icon={LinkIcon} level={1} title={t('recording.shared.invalid')}>
      {t('recording.shared.invalidText')}
    </EmptyState>
  );
}

type PasswordProps = { readonly error: Error | null; readonly isPending: boolean; readonly onSend: (password: string) => void };

function Password({ error, isPending, onSend }: PasswordProps) {
  const { t, refusal } = useText();
  const [password, setPassword] = useState('');
  const code = error && errorCode(error);
  return (
    <Card title={t('recording.shared.title')} level={1} className="shared-recording-door">
      <form
        className="shared-recording-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '') onSend(password);
        }}
      >
        <p>{t('recording.shared.askPassword')}</p>
        <PasswordField label={t('recording.shared.password')} value={password} onChange={setPassword} autoComplete="off" autoFocus />
        {code === null ? null : (
          <Banner tone="danger" announce="assertive">
            {code === 'wrong-credentials' ? t('recording.shared.wrongPassword') : refusal(code)}
          </Banner>
        )}
        <Button type="submit" kind="primary" isPending={isPending}>
          {t('recording.shared.open')}
        </Button>
      </form>
    </Card>
  );
}

function Watch({ id }: { readonly id: RecordingId }) {
  const { t, date, time } = useText();
  const manifest = useManifest(id);
  const page = useRecordingPage(id);
  usePageTitle(page.data?.title ?? t('recording.shared.title'));
  const error = manifest.error ?? page.error;
  if (!manifest.data || !page.data) return error ? <Faulty error={error} onRetry={() => void manifest.refetch()} /> : <PageSkeleton />;
  const facts: ReactNode = `${page.data.courseTitle} · ${date(page.data.startedAt, 'long')}, ${time(page.data.startedAt)}`;
  return (
    <>
      <PageHeader title={page.data.title} note={facts} actions={<Downloads page={page.data} />} />
      <RecordingView manifest={manifest.data} page={page.data} mode="page" />
    </>
  );
}
