// Leads among the pages for those who inspect: the proof of the trace, what goes out, the audit log.
import { PagesNav } from '../../app/PagesNav.tsx';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { HistoryIcon, SendIcon, ShieldIcon } from '../../ui/icons.ts';

export function RecordsNav() {
  const { t } = useText();
  const { hasRole } = useSession();
  const pages = [
    { address: '/records', title: t('records.trace'), icon: ShieldIcon },
    ...(hasRole('administrator') ? [{ address: '/records/outbox', title: t('records.outbox'), icon: SendIcon }] : []),
    { address: '/audit', title: t('app.nav.audit'), icon: HistoryIcon },
  ];
  return <PagesNav label={t('records.title')} pages={pages} />;
}
