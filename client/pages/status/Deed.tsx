// Asks before somebody goes into a class from outside, or ends it, and says what will happen then.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { monitoringRoutes } from '../../../server/contract/routes-monitoring.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm, Dialog } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';
import { TextField } from '../../ui/TextField.tsx';
import type { Room } from './figures.ts';
import { statusKey } from './useLoad.ts';

export type RoomDeed = { readonly act: 'enter' | 'end'; readonly room: Room };

const longestNote = 200;

type DeedProps = { readonly deed: RoomDeed; readonly onClose: () => void };

export function Deed({ deed: { act, room }, onClose }: DeedProps) {
  switch (act) {
    case 'enter':
      return <Enter room={room} onClose={onClose} />;
    case 'end':
      return <End room={room} onClose={onClose} />;
    default:
      return act satisfies never;
  }
}

type AskedProps = { readonly room: Room; readonly onClose: () => void };

function Enter({ room, onClose }: AskedProps) {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <Confirm
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('status.enter.title', { name: room.title })}
      action={t('status.enter.action')}
      onConfirm={() => void navigate(`/lessons/${room.lessonId}`)}
    >
      {t('status.enter.text')}
    </Confirm>
  );
}

function End({ room, onClose }: AskedProps) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const isReady = note.trim() !== '';
  const send = useMutation({
    mutationFn: () => api(monitoringRoutes.endRoom, { params: { id: room.lessonId }, body: { note } }),
    onSuccess: () => {
      announce(t('status.end.done', { name: room.title }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: statusKey }),
  });
  const press = () => {
    setTried(true);
    if (isReady) send.mutate();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    press();
  };
  return (
    <Dialog
      isOpen
      isDismissable={false}
      role="alertdialog"
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('status.end.title', { name: room.title })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="danger" isPending={send.isPending} onPress={press}>
            {t('status.end.action')}
          </Button>
        </>
      }
    >
      <form className="status-ask" onSubmit={submit}>
        <p>{t('status.end.text', { n: room.participants })}</p>
        <TextField
          label={t('status.end.why')}
          help={t('status.end.why.help')}
          fault={tried && !isReady ? t('status.end.why.needed') : undefined}
          autoFocus
          maxLength={longestNote}
          value={note}
          onChange={setNote}
        />
        {send.error ? (
          <Banner tone="danger" announce="assertive">
            {errorCode(send.error) === 'not-found' ? t('status.end.over') : refusal(errorCode(send.error))}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
