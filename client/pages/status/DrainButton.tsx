// Drains a media worker, once it is said what that means, or takes it back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { monitoringRoutes } from '../../../server/contract/routes-monitoring.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';
import type { Worker } from './figures.ts';
import { statusKey } from './useLoad.ts';

export function DrainButton({ worker: { pid, drained, mayDrain } }: { readonly worker: Worker }) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const send = useMutation({
    mutationFn: () => api(monitoringRoutes.drainWorker, { params: { pid }, body: { drained: !drained } }),
    onSuccess: () => announce(t(drained ? 'status.resume.done' : 'status.drain.done', { pid: String(pid) })),
    onSettled: () => client.invalidateQueries({ queryKey: statusKey }),
  });
  const code = send.error ? errorCode(send.error) : null;
  const why = code === 'conflict' ? t('status.drain.last') : code === 'not-found' ? t('status.drain.gone') : code && refusal(code);
  const fault = why ? (
    <Banner tone="danger" announce="assertive">
      {why}
    </Banner>
  ) : null;
  if (drained) {
    return (
      <>
        <Button size="small" isPending={send.isPending} onPress={() => send.mutate()}>
          {t('status.resume')}
        </Button>
        {fault}
      </>
    );
  }
  return (
    <>
      <Button size="small" isDisabled={!mayDrain} onPress={() => setIsAsked(true)}>
        {t('status.drain')}
      </Button>
      <Confirm
        isOpen={isAsked}
        onOpenChange={(isOpen) => {
          send.reset();
          setIsAsked(isOpen);
        }}
        title={t('status.drain.title', { pid: String(pid) })}
        action={t('status.drain')}
        onConfirm={async () => {
          await send.mutateAsync();
        }}
      >
        <div className="status-ask">
          <p>{t('status.drain.text')}</p>
          {fault}
        </div>
      </Confirm>
    </>
  );
}
