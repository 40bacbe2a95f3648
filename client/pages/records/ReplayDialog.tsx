// Goes back to a number: everything from there on is sent again, under the same ids.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Destination } from '../../../server/contract/outbox.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

type ReplayDialogProps = {
  readonly id: Destination['id'];
  readonly first: number;
  readonly last: number;
  readonly onClose: () => void;
};

export function ReplayDialog({ id, first, last, onClose }: ReplayDialogProps) {
  const { t, number, refusal } = useText();
  const client = useQueryClient();
  const form = useId();
  const [typed, setTyped] = useState(String(first));
  const [tried, setTried] = useState(false);
  const fromSeq = Number(typed);
  const isFit = Number.isInteger(fromSeq) && fromSeq >= Math.max(1, first) && fromSeq <= last;
  const replay = useMutation({
    mutationFn: () => api(recordsRoutes.replay, { params: { id }, body: { fromSeq } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['outbox'] });
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('records.replay.title', { id })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={replay.isPending}>
            {t('records.outbox.replay')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="records-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (isFit) replay.mutate();
        }}
      >
        <p className="records-text">{t('records.replay.text')}</p>
        <TextField
          label={t('records.replay.from')}
          help={t('records.replay.range', { first: number(Math.max(1, first)), last: number(last) })}
          inputMode="numeric"
          value={typed}
          onChange={setTyped}
          fault={tried && !isFit ? t('records.replay.fault') : undefined}
          autoComplete="off"
        />
        {replay.error ? (
          <Banner tone="danger" announce="assertive">
            {refusal(errorCode(replay.error))}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
