// What goes out to other systems. For administrators.
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { OutboxSection } from './OutboxSection.tsx';
import { RecordsNav } from './RecordsNav.tsx';
import './records.css';

export default function OutboxPage() {
  const { t } = useText();
  usePageTitle(t('records.outbox'));
  return (
    <>
      <PageHeader title={t('records.outbox')} note={t('records.outbox.text')} />
      <RecordsNav />
      <OutboxSection />
    </>
  );
}
