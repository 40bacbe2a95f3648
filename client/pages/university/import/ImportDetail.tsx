// One import: how far it is, what is wrong with the file, what it would change; and the two things to do with it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ImportId } from '../../../../server/contract/ids.ts';
import type { ImportJobDetail } from '../../../../server/contract/import.ts';
import { importRoutes } from '../../../../server/contract/routes-import.ts';
import { api, errorCode } from '../../../app/api.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Confirm } from '../../../ui/Dialog.tsx';
import { ArrowLeftIcon, DeleteIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { ClashList } from './ClashList.tsx';
import { DifferenceTables } from './DifferenceTables.tsx';
import { FaultTable } from './FaultTable.tsx';
import { ImportProgress } from './ImportProgress.tsx';
import { importApplied, importQuery, isWorking, tones } from './imports.ts';

export function ImportDetail({ id, onClose }: { readonly id: ImportId; readonly onClose: () => void }) {
  const { t, dateTime } = useText();
  const client = useQueryClient();
  const { data: job, error, refetch } = useQuery(importQuery(id));
  const state = job?.state;
  useEffect(() => {
    if (state === undefined) return;
    announce(t(`import.state.${state}`));
    if (state === 'done') void importApplied(client);
  }, [state, client, t]);
  if (error) return <LoadFailure error={error} title={t('import.failed')} onRetry={() => void refetch()} />;
  if (job === undefined) return <Skeleton height="16rem" />;
  return (
    <div className="imports">
      <div>
        <Button kind="quiet" icon={ArrowLeftIcon} onPress={onClose}>
          {t('import.back')}
        </Button>
      </div>
      <header className="import-head">
        <h2>{job.name}</h2>
        <Chip tone={tones[job.state]}>{t(`import.state.${job.state}`)}</Chip>
        <p className="university-note">{t('import.from', { source: job.source, by: job.by, when: dateTime(job.at) })}</p>
      </header>
      {isWorking(job) ? <ImportProgress progress={job.progress} /> : null}
      <Outcome job={job} />
      {job.faultTotal > 0 ? <FaultTable faults={job.faults} total={job.faultTotal} /> : null}
      {job.difference ? <DifferenceTables difference={job.difference} isDone={job.state === 'done'} /> : null}
      {job.clashes.total > 0 ? <ClashList clashes={job.clashes} /> : null}
      <Decision job={job} onDiscarded={onClose} />
    </div>
  );
}

/** What the state means, in a sentence. */
function Outcome({ job }: { readonly job: ImportJobDetail }) {
  const { t } = useText();
  if (job.state === 'faulty') return <Banner tone="danger">{t('import.outcome.faulty', { n: job.faultTotal })}</Banner>;
  if (job.state === 'failed') return <Banner tone="danger">{t('import.outcome.failed')}</Banner>;
  if (job.state === 'done') return <Banner tone="good">{t('import.outcome.done')}</Banner>;
  if (job.state !== 'ready') return null;
  const nothing = job.difference?.every((table) => table.new + table.changed + table.gone === 0);
  return <Banner tone="info">{t(nothing ? 'import.outcome.same' : 'import.outcome.ready')}</Banner>;
}

function Decision({ job, onDiscarded }: { readonly job: ImportJobDetail; readonly onDiscarded: () => void }) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const [withGone, setWithGone] = useState(false);
  const [asking, setAsking] = useState(false);
  const { id } = job;
  const gone = job.difference?.reduce((sum, table) => sum + table.gone, 0) ?? 0;
  const apply = useMutation({
    mutationFn: () => api(importRoutes.applyImport, { params: { id }, body: { withGone } }),
    onSuccess: (next) => client.setQueryData(importQuery(id).queryKey, next),
  });
  const discard = useMutation({
    mutationFn: () => api(importRoutes.discardImport, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['imports'] });
      onDiscarded();
    },
  });
  const mayDiscard = job.state === 'ready' || job.state === 'faulty' || job.state === 'failed';
  if (!mayDiscard) return null;
  const failure = apply.error ?? discard.error;
  return (
    <div className="import-decision">
      {job.state === 'ready' && gone > 0 ? (
        <Checkbox isSelected={withGone} onChange={setWithGone} note={t('import.goneNote')}>
          {t('import.gone', { n: gone })}
        </Checkbox>
      ) : null}
      {failure ? (
        <Banner tone="danger" announce="assertive">
          {errorCode(failure) === 'conflict' ? t('import.busy') : refusal(errorCode(failure))}
        </Banner>
      ) : null}
      <div className="import-buttons">
        {job.state === 'ready' ? (
          <Button kind="primary" isPending={apply.isPending} onPress={() => (withGone ? setAsking(true) : apply.mutate())}>
            {t('import.apply')}
          </Button>
        ) : null}
        <Button icon={DeleteIcon} isPending={discard.isPending} onPress={() => discard.mutate()}>
          {t('import.discard')}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('import.goneQuestion', { n: gone })}
        kind="danger"
        action={t('import.goneApply')}
        onConfirm={async () => {
          // The refusal is shown on the page behind the question.
          await apply.mutateAsync().catch(() => undefined);
        }}
      >
        {t('import.goneNote')}
      </Confirm>
    </div>
  );
}
