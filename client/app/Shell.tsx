// The frame of the pages outside the classroom: where one can go, language, oneself.
import { Link, Outlet, useLocation } from 'react-router';
import type { Person } from '../../server/contract/identity.ts';
import { useText } from '../i18n/index.ts';
import { Bell } from '../notifications/Bell.tsx';
import {
  ActivityIcon,
  CalendarIcon,
  GraduationIcon,
  GridIcon,
  type Icon,
  PeopleIcon,
  RegisterIcon,
  ShieldIcon,
  SituationIcon,
} from '../ui/icons.ts';
import { SkipLink } from '../ui/SkipLink.tsx';
import { Brand } from './Brand.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { SecondFactorReminder } from './SecondFactorReminder.tsx';
import { useSession } from './session.tsx';
import './Shell.css';

/** As the server decides it: observers of one faculty are not among them. */
function mayReadAudit({ roles, roleFaculties }: Person): boolean {
  return roles.includes('administrator') || (roles.includes('observer') && roleFaculties?.observer === undefined);
}

type Destination = { readonly address: string; readonly title: string; readonly icon: Icon };

export function Shell() {
  const { t } = useText();
  const { person, hasRole } = useSession();
  // Nothing else opens before the second factor is set up.
  const isOpen = person !== null && person.secondFactor !== 'needed';
  const destinations: Destination[] = isOpen
    ? [
        { address: '/', title: t('app.nav.timetable'), icon: CalendarIcon },
        { address: '/timetable', title: t('app.nav.whole'), icon: GridIcon },
        { address: '/reports', title: t('app.nav.reports'), icon: RegisterIcon },
      ]
    : [];
  if (isOpen && hasRole('administrator', 'coordinator'))
    destinations.push({ address: '/university', title: t('app.nav.university'), icon: GraduationIcon });
  // Administrators find it with the status.
  if (isOpen && hasRole('coordinator', 'observer', 'proctor') && !hasRole('administrator'))
    destinations.push({ address: '/situation', title: t('app.nav.situation'), icon: SituationIcon });
  if (isOpen && mayReadAudit(person)) destinations.push({ address: '/records', title: t('app.nav.records'), icon: ShieldIcon });
  if (isOpen && hasRole('administrator')) {
    destinations.push(
      { address: '/people', title: t('app.nav.people'), icon: PeopleIcon },
      { address: '/status', title: t('app.nav.status'), icon: ActivityIcon },
    );
  }
  return (
    <div className="shell">
      <SkipLink target="content">{t('app.skipToContent')}</SkipLink>
      <header className="shell-bar">
        <div className="shell-bar-inner">
          <Brand />
          {destinations.length > 1 ? <Navigation label={t('app.nav.main')} destinations={destinations} /> : null}
          <div className="shell-bar-end">
            {isOpen ? <Bell /> : null}
            <LanguageMenu />
            {person ? <PersonMenu person={person} /> : null}
          </div>
        </div>
      </header>
      <main id="content" className="shell-main" tabIndex={-1}>
        {person ? <SecondFactorReminder person={person} /> : null}
        <Outlet />
      </main>
    </div>
  );
}

/** Pages that have no place of their own in the bar, by the place that they belong to; some belong to one of two, as the person has it. */
const within: Readonly<Record<string, readonly string[]>> = {
  '/records': ['/audit'],
  '/status': ['/storage', '/connection-reports', '/situation', '/situation/summary', '/diagnosis'],
  '/situation': ['/diagnosis'],
};

function isWithin(pathname: string, address: string): boolean {
  if (within[address]?.includes(pathname)) return true;
  return pathname === address || (address !== '/' && pathname.startsWith(`${address}/`));
}

function Navigation({ label, destinations }: { label: string; destinations: readonly Destination[] }) {
  const { pathname } = useLocation();
  return (
    <nav className="shell-nav" aria-label={label}>
      {destinations.map(({ address, title, icon: Shape }) => (
        <Link key={address} to={address} aria-current={isWithin(pathname, address) ? 'page' : undefined} className="shell-nav-link">
          <Shape />
          <span>{title}</span>
        </Link>
      ))}
    </nav>
  );
}
