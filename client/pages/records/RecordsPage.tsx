// The records of the university: proof that the trace is whole, and what goes out to other systems.
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { SendIcon, ShieldIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { OutboxSection } from './OutboxSection.tsx';
import { TraceSection } from './TraceSection.tsx';
import './records.css';

export default function RecordsPage() {
  const { t } = useText();
  const { hasRole } = useSession();
  usePageTitle(t('records.title'));
  const [params, setParams] = useSearchParams();
  const trace = { id: 'trace', title: t('records.trace'), icon: ShieldIcon, content: <TraceSection /> } as const;
  const outbox = { id: 'outbox', title: t('records.outbox'), icon: SendIcon, content: <OutboxSection /> } as const;
  return (
    <>
      <PageHeader title={t('records.title')} note={t('records.note')} />
      {hasRole('administrator') ? (
        <Tabs
          label={t('records.title')}
          views={[trace, outbox]}
          selected={params.get('view') === 'outbox' ? 'outbox' : 'trace'}
          onSelect={(view) => setParams({ view }, { replace: true })}
        />
      ) : (
        trace.content
      )}
    </>
  );
}
