// Where statements and webhooks go, how far each destination is, and what was refused for good.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Destination } from '../../../server/contract/outbox.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { StatusChip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PauseIcon, PlayIcon, ReloadIcon, SendIcon } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DeadLetters } from './DeadLetters.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';

/** While something is on its way the figures move. */
const refreshMs = 5000;
const outboxKey = ['outbox'];

export function OutboxSection() {
  const { t } = useText();
  const outbox = useQuery({
    queryKey: outboxKey,
    queryFn: ({ signal }) => api(recordsRoutes.destinations, { signal }),
    refetchInterval: refreshMs,
  });
  if (outbox.isPending) return <Skeleton height="16rem" />;
  if (!outbox.data) return <LoadBanner error={outbox.error} onRetry={() => void outbox.refetch()} />;
  const { destinations, first, last } = outbox.data;
  return (
    <div className="records-stack">
      {destinations.length === 0 ? (
        <EmptyState icon={SendIcon} title={t('records.outbox.none')}>
          {t('records.outbox.noneText')}
        </EmptyState>
      ) : null}
      {destinations.map((destination) => (
        <DestinationCard key={destination.id} destination={destination} first={first} last={last} />
      ))}
    </div>
  );
}

const tones = { idle: 'good', sending: 'info', waiting: 'warn', paused: 'warn', 'not-configured': 'warn' } as const;

function DestinationCard({
  destination,
  first,
  last,
}: {
  readonly destination: Destination;
  readonly first: number;
  readonly last: number;
}) {
  const { t, number, dateTime, relative, refusal } = useText();
  const client = useQueryClient();
  const [replaying, setReplaying] = useState(false);
  const { id, kind, url, position, state, failing, dead, deliveredAt } = destination;
  const params = { id };
  const act = useMutation({
    mutationFn: (what: 'pause' | 'resume') =>
      api(what === 'pause' ? recordsRoutes.pauseDestination : recordsRoutes.resumeDestination, { params }),
    onSuccess: () => client.invalidateQueries({ queryKey: outboxKey }),
  });
  const waiting = Math.max(0, destination.last - position);
  return (
    <Card
      title={
        <span className="records-head">
          {id} <StatusChip tone={tones[state]}>{t(`records.outbox.state.${state}`)}</StatusChip>
        </span>
      }
      actions={
        <>
          {state === 'paused' ? (
            <Button icon={PlayIcon} isPending={act.isPending} onPress={() => act.mutate('resume')}>
              {t('records.outbox.resume')}
            </Button>
          ) : (
            <Button icon={PauseIcon} isPending={act.isPending} isDisabled={state === 'not-configured'} onPress={() => act.mutate('pause')}>
              {t('records.outbox.pause')}
            </Button>
          )}
          <Button icon={ReloadIcon} isDisabled={last === 0 || state === 'not-configured'} onPress={() => setReplaying(true)}>
            {t('records.outbox.replay')}
          </Button>
        </>
      }
    >
      <p className="records-note">
        {t(`records.outbox.kind.${kind}`)} · <span className="records-url">{url}</span>
      </p>
      <dl className="records-figures">
        <div>
          <dt>{t('records.outbox.position')}</dt>
          <dd>{t('shares.ofHours', { here: number(position), all: number(destination.last) })}</dd>
        </div>
        <div>
          <dt>{t('records.outbox.waiting')}</dt>
          <dd>{number(waiting)}</dd>
        </div>
        <div>
          <dt>{t('records.outbox.deliveredAt')}</dt>
          <dd>{deliveredAt === null ? '–' : dateTime(deliveredAt)}</dd>
        </div>
      </dl>
      {failing ? (
        <Banner tone="warn" title={t('records.outbox.failing', { n: failing.attempts, since: dateTime(failing.since) })}>
          {failing.error} {t('records.outbox.nextAt', { when: relative(failing.nextAt) })}
        </Banner>
      ) : null}
      {act.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(act.error))}
        </Banner>
      ) : null}
      {dead > 0 ? <DeadLetters id={id} dead={dead} /> : null}
      {replaying ? <ReplayDialog id={id} first={first} last={last} onClose={() => setReplaying(false)} /> : null}
    </Card>
  );
}
