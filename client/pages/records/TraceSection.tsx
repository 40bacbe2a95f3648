// The trace as evidence: the signed heads day by day, a proof of all of it, and the keys.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DayHead, TraceProof } from '../../../server/contract/evidence.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useSession } from '../../app/session.tsx';
import { instantAt, useText } from '../../i18n/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, DownloadIcon, ShieldIcon } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { Keys } from './Keys.tsx';
import { Proof } from './Proof.tsx';

type Proven = { readonly of: 'all' | string; readonly proof: TraceProof };

export function TraceSection() {
  const { t, number, date, dateTime } = useText();
  const { hasRole } = useSession();
  const wide = useWide();
  const client = useQueryClient();
  const [page, setPage] = useState(0);
  const [proven, setProven] = useState<Proven | null>(null);
  const state = useQuery({
    queryKey: ['trace', page],
    queryFn: ({ signal }) => api(recordsRoutes.traceState, { query: { page }, signal }),
    placeholderData: keepPreviousData,
  });
  const prove = useMutation({
    mutationFn: (of: string) => (of === 'all' ? api(recordsRoutes.verifyTrace) : api(recordsRoutes.verifyDay, { params: { day: of } })),
    onMutate: () => setProven(null),
    onSuccess: (proof, of) => setProven({ of, proof }),
  });
  const rotate = useMutation({
    mutationFn: () => api(recordsRoutes.rotateTraceKey),
    onSuccess: () => client.invalidateQueries({ queryKey: ['trace'] }),
  });
  const dayName = (day: string) => date(instantAt(day, '12:00'), 'long');
  const columns: readonly Column<DayHead>[] = [
    {
      id: 'day',
      title: t('records.column.day'),
      isRowHeader: true,
      cell: ({ day, hash }) => (
        <>
          {dayName(day)}
          <code className="records-hash">{hash}</code>
        </>
      ),
    },
    { id: 'lessons', title: t('records.column.lessons'), numeric: true, cell: ({ lessons }) => number(lessons) },
    ...(wide ? [{ id: 'signed', title: t('records.column.signed'), cell: ({ signedAt }: DayHead) => dateTime(signedAt) }] : []),
    {
      id: 'prove',
      title: t('records.prove'),
      hideTitle: true,
      cell: ({ day }) => (
        <Button
          size="small"
          aria-label={t('records.proveDay', { day: dayName(day) })}
          isPending={prove.isPending && prove.variables === day}
          isDisabled={prove.isPending && prove.variables !== day}
          onPress={() => prove.mutate(day)}
        >
          {t('records.prove')}
        </Button>
      ),
    },
  ];
  const data = state.data;
  const pages = data ? Math.ceil(data.totalHeads / pageSize) : 0;
  return (
    <div className="records-stack">
      <Card
        title={t('records.proof.title')}
        actions={
          <Button
            kind="primary"
            icon={ShieldIcon}
            isPending={prove.isPending && prove.variables === 'all'}
            isDisabled={prove.isPending && prove.variables !== 'all'}
            onPress={() => prove.mutate('all')}
          >
            {t('records.proveAll')}
          </Button>
        }
      >
        <p className="records-text">{t('records.proof.text')}</p>
        {data ? (
          <p className="records-note">
            {t('records.proof.figures', {
              entries: number(data.entries),
              days: number(data.totalHeads),
              open: number(data.unsealedLessons),
            })}
          </p>
        ) : null}
        <div role="status">
          {proven ? (
            <Proof
              proof={proven.proof}
              title={proven.of === 'all' ? t('records.proof.ofAll') : t('records.proof.ofDay', { day: dayName(proven.of) })}
            />
          ) : null}
        </div>
        {prove.error ? (
          <LoadBanner error={prove.error} title={t('records.proof.failed')} onRetry={() => prove.mutate(prove.variables ?? 'all')} />
        ) : null}
      </Card>
      <Card title={t('records.heads.title')}>
        <p className="records-text">{t('records.heads.text')}</p>
        {state.error ? <LoadBanner error={state.error} onRetry={() => void state.refetch()} /> : null}
        {state.isPending ? <Skeleton height="16rem" /> : null}
        {data && data.heads.length === 0 ? (
          <EmptyState icon={CalendarIcon} title={t('records.heads.none')}>
            {t('records.heads.noneText')}
          </EmptyState>
        ) : null}
        {data && data.heads.length > 0 ? (
          <Table label={t('records.heads.title')} columns={columns} rows={data.heads} rowKey={({ day }) => day} />
        ) : null}
        {pages > 1 ? (
          <div className="records-pages">
            <Button isDisabled={page === 0} onPress={() => setPage(page - 1)}>
              {t('records.newer')}
            </Button>
            <Button isDisabled={page >= pages - 1} onPress={() => setPage(page + 1)}>
              {t('records.older')}
            </Button>
          </div>
        ) : null}
      </Card>
      <Card title={t('records.inspector.title')}>
        <p className="records-text">{t('records.inspector.text')}</p>
        <div>
          <ButtonLink icon={DownloadIcon} href="/trace/verify-bundle.mjs" download="verify-bundle.mjs">
            {t('records.inspector.verifier')}
          </ButtonLink>
        </div>
        <p className="records-note">
          <code>node verify-bundle.mjs trace.jsonl</code>
        </p>
      </Card>
      {data ? (
        <Keys
          keys={data.keys}
          mayRotate={hasRole('administrator')}
          isRotating={rotate.isPending}
          error={rotate.error}
          onRotate={() => rotate.mutateAsync()}
        />
      ) : null}
    </div>
  );
}

/** As the server pages. */
const pageSize = 50;
