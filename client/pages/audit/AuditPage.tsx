// The audit log: who did what to what, when and from where. For administrators and observers of the whole university.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { AuditAct, type AuditEntry } from '../../../server/contract/audit.ts';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { addressOf, api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SearchIcon, SpreadsheetIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RecordsNav } from '../records/RecordsNav.tsx';
import { AuditRow } from './AuditRow.tsx';
import { DayField } from './DayField.tsx';
import { dayAfter, instantOf } from './days.ts';
import './AuditPage.css';

/** The only ones of a person, or upon a thing; kept in the address, so that it can be sent on. */
type Only = { readonly kind: 'actor' | 'subject'; readonly id: string; readonly name: string };

export default function AuditPage() {
  const { t } = useText();
  usePageTitle(t('audit.title'));
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [act, setAct] = useState<AuditAct | 'any'>('any');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const search = useSettled(typed.trim());
  const only = onlyOf(params);
  const filter = {
    search: search || undefined,
    act: act === 'any' ? undefined : act,
    from: instantOf(from),
    to: instantOf(dayAfter(to)),
    actorId: only?.kind === 'actor' ? only.id : undefined,
    subjectId: only?.kind === 'subject' ? only.id : undefined,
  };
  const log = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => api(accountRoutes.audit, { query: { ...filter, before: pageParam }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  const show = ({ kind, id, name }: Only) => setParams({ [kind]: id, name });
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        note={t('audit.note')}
        actions={
          <ButtonLink icon={SpreadsheetIcon} href={addressOf('/api/audit.csv', {}, filter)} download="">
            {t('audit.export')}
          </ButtonLink>
        }
      />
      <RecordsNav />
      <div className="audit-bar">
        <SearchField label={t('audit.search')} value={typed} onChange={setTyped} className="audit-search" />
        <Select
          aria-label={t('audit.act')}
          options={[{ id: 'any', label: t('audit.actAny') }, ...AuditAct.options.map((id) => ({ id, label: t(`audit.act.${id}`) }))]}
          value={act}
          onChange={(id) => setAct(AuditAct.safeParse(id).data ?? 'any')}
          className="audit-act"
        />
        <DayField label={t('audit.from')} value={from} onChange={setFrom} />
        <DayField label={t('audit.to')} value={to} onChange={setTo} />
        <p className="audit-count" role="status">
          {log.data ? t('audit.total', { n: log.data.pages[0]?.total ?? 0 }) : ''}
        </p>
      </div>
      {only ? (
        <div className="audit-only">
          <span>{t(only.kind === 'actor' ? 'audit.onlyActor' : 'audit.onlySubject', { name: only.name })}</span>
          <Button size="small" onPress={() => setParams({})}>
            {t('audit.all')}
          </Button>
        </div>
      ) : null}
      {log.error ? <LoadBanner error={log.error} title={t('audit.failed')} onRetry={() => void log.refetch()} /> : null}
      {log.isPending ? <Skeleton height="24rem" /> : null}
      {log.data && entries.length === 0 ? (
        <EmptyState icon={SearchIcon} title={t('audit.empty.title')}>
          {t('audit.empty.text')}
        </EmptyState>
      ) : null}
      <ol className="audit-list">
        {entries.map((entry: AuditEntry) => (
          <AuditRow
            key={entry.seq}
            entry={entry}
            onActor={() => show({ kind: 'actor', id: entry.actor.id, name: entry.actor.name })}
            onSubject={() => show({ kind: 'subject', id: entry.subject.id, name: entry.subject.name })}
          />
        ))}
      </ol>
      {log.hasNextPage ? (
        <div className="audit-more">
          <Button isPending={log.isFetchingNextPage} onPress={() => void log.fetchNextPage()}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function onlyOf(params: URLSearchParams): Only | null {
  const name = params.get('name') ?? '';
  for (const kind of ['actor', 'subject'] as const) {
    const id = params.get(kind);
    if (id) return { kind, id, name: name || id };
  }
  return null;
}
