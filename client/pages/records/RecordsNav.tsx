// Leads among the pages for those who inspect: the proof of the trace, what goes out, the audit log.
import { NavLink } from 'react-router';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { HistoryIcon, SendIcon, ShieldIcon } from '../../ui/icons.ts';
import './RecordsNav.css';

export function RecordsNav() {
  const { t } = useText();
  const { hasRole } = useSession();
  const pages = [
    { address: '/records', title: t('records.trace'), icon: ShieldIcon },
    ...(hasRole('administrator') ? [{ address: '/records/outbox', title: t('records.outbox'), icon: SendIcon }] : []),
    { address: '/audit', title: t('app.nav.audit'), icon: HistoryIcon },
  ];
  return (
    <nav className="records-nav" aria-label={t('records.title')}>
      {pages.map(({ address, title, icon: Shape }) => (
        <NavLink key={address} to={address} end className="records-nav-link">
          <Shape />
          <span>{title}</span>
        </NavLink>
      ))}
    </nav>
  );
}
