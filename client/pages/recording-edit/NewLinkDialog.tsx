// Makes a link: until when it works, and the password that it asks for.
import { useState } from 'react';
import type { RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../i18n/index.ts';
import { TextField } from '../../ui/TextField.tsx';
import { DayTimeFields } from './DayTimeFields.tsx';
import { dayTimeOf, instantOf } from './day-time.ts';
import { useRecordingAct } from './queries.ts';

const usualMs = 14 * 86_400_000;
const longestMs = 365 * 86_400_000;
const shortestPassword = 4;

type NewLinkDialogProps = { readonly id: RecordingId; readonly onClose: () => void; readonly onMade: (url: string) => void };

export function NewLinkDialog({ id, onClose, onMade }: NewLinkDialogProps) {
  const { t } = useText();
  const [now] = useState(() => Date.now());
  const [until, setUntil] = useState(() => dayTimeOf(now + usualMs));
  const [password, setPassword] = useState('');
  const expiresAt = instantOf(until);
  const isWrong = expiresAt === null || expiresAt <= now || expiresAt > now + longestMs;
  const fault = isWrong
    ? t('recording-edit.links.wrongEnd')
    : password !== '' && password.length < shortestPassword
      ? t('recording-edit.links.shortPassword', { n: shortestPassword })
      : undefined;
  const make = useRecordingAct(id, (body: { expiresAt: number; password: string | null }) =>
    api(recordingRoutes.linkRecording, { params: { id }, body }),
  );
  const send = () => {
    if (fault !== undefined || expiresAt === null) return;
    make.mutate({ expiresAt, password: password === '' ? null : password }, { onSuccess: ({ url }) => onMade(url) });
  };
  return (
    <FormDialog
      title={t('recording-edit.links.add')}
      action={t('recording-edit.links.make')}
      fault={fault}
      error={make.error}
      isPending={make.isPending}
      onSend={send}
      onClose={onClose}
    >
      <DayTimeFields label={t('recording-edit.links.worksUntil')} value={until} onChange={setUntil} />
      <TextField
        label={t('recording-edit.links.password')}
        help={t('recording-edit.links.passwordHelp')}
        value={password}
        onChange={setPassword}
        maxLength={200}
        autoComplete="off"
        optional
      />
    </FormDialog>
  );
}
