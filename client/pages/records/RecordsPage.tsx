// Proof that the digital trace of the university is whole. For administrators and observers.
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RecordsNav } from './RecordsNav.tsx';
import { TraceSection } from './TraceSection.tsx';
import './records.css';

export default function RecordsPage() {
  const { t } = useText();
  usePageTitle(t('records.title'));
  return (
    <>
      <PageHeader title={t('records.title')} note={t('records.note')} />
      <RecordsNav />
      <TraceSection />
    </>
  );
}
