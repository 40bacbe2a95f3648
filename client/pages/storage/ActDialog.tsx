// Asks before something is done to a recording, and says what will happen then.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeptRecording } from '../../../server/contract/recording-keeping.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { ApiError, api, errorCode } from '../../app/api.ts';
import { type TextKey, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';
import { TextField } from '../../ui/TextField.tsx';
import { sizeText } from './words.ts';

export type Act = 'hold' | 'release' | 'trash' | 'restore' | 'bring-back' | 'purge';
export type Asked = { readonly act: Act; readonly recording: KeptRecording };

const shortestReason = 3;
const longestReason = 500;

type ActDialogProps = { readonly asked: Asked; readonly trashDays: number; readonly onClose: () => void };

export function ActDialog({ asked: { act, recording }, trashDays, onClose }: ActDialogProps) {
  const texts = useText();
  const { t } = texts;
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isReady = act !== 'hold' || reason.trim().length >= shortestReason;
  const send = useMutation({
    mutationFn: () => call(act, recording.id, reason.trim()),
    onSuccess: () => {
      announce(t(`storage.done.${act}`));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['storage'] }),
  });
  const press = () => {
    setTried(true);
    if (isReady) send.mutate();
  };
  return (
    <Dialog
      isOpen
      isDismissable={false}
      role={act === 'purge' ? 'alertdialog' : 'dialog'}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(`storage.ask.${act}`)}
      actions={
        <>
          <Button onPress={onClose} autoFocus={act === 'purge'}>
            {t('app.cancel')}
          </Button>
          <Button kind={act === 'purge' || act === 'trash' ? 'danger' : 'primary'} isPending={send.isPending} onPress={press}>
            {t(`storage.act.${act}`)}
          </Button>
        </>
      }
    >
      <div className="storage-dialog">
        <p className="storage-dialog-title">{recording.title}</p>
        <p>{t(`storage.ask.${act}.text`, { days: trashDays, size: sizeText(texts, recording.bytes) })}</p>
        {act === 'hold' ? (
          <TextField
            label={t('storage.reason')}
            help={t('storage.reason.help')}
            fault={tried && !isReady ? t('storage.reason.needed') : undefined}
            rows={3}
            autoFocus
            maxLength={longestReason}
            value={reason}
            onChange={setReason}
          />
        ) : null}
        {send.error ? <Refusal error={send.error} /> : null}
      </div>
    </Dialog>
  );
}

function call(act: Act, id: KeptRecording['id'], reason: string): Promise<unknown> {
  const params = { id };
  switch (act) {
    case 'hold':
      return api(recordingRoutes.holdRecording, { params, body: { reason } });
    case 'release':
      return api(recordingRoutes.releaseRecording, { params });
    case 'trash':
      return api(recordingRoutes.trashRecording, { params });
    case 'restore':
    case 'bring-back':
      return api(recordingRoutes.restoreRecording, { params });
    case 'purge':
      return api(recordingRoutes.purgeRecording, { params });
  }
}

/** Of a `conflict`, by what the server says why. */
const whys: Readonly<Record<string, TextKey>> = {
  running: 'storage.why.running',
  held: 'storage.why.held',
  purging: 'storage.why.purging',
  'in-trash': 'storage.why.changed',
  'not-in-trash': 'storage.why.changed',
  'not-held': 'storage.why.changed',
};

function Refusal({ error }: { readonly error: Error }) {
  const { t, refusal } = useText();
  const why = error instanceof ApiError ? whys[String(error.details?.why)] : undefined;
  return (
    <Banner tone="danger" announce="assertive">
      {why === undefined ? refusal(errorCode(error)) : t(why)}
    </Banner>
  );
}
