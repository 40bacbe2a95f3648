// One's own account: who one is here, how one signs in, where one is signed in, and what is kept.
import { usePageTitle } from '../../app/page-title.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { accountSections } from './sections.ts';
import './AccountPage.css';

export default function AccountPage() {
  const { t } = useText();
  const person = usePerson();
  usePageTitle(t('account.title'));
  const isNeeded = person.secondFactor === 'needed';
  return (
    <div className="account-page">
      <PageHeader title={t('account.title')} note={person.displayName} />
      {isNeeded ? (
        <Banner tone="warn" title={t('account.sf.needed.title')}>
          {t('account.sf.needed.text')}
        </Banner>
      ) : null}
      {/* By their keys, so that the codes that are shown once outlive the moment at which the rest opens. */}
      {accountSections
        .filter(({ id }) => !isNeeded || id === 'second-factor')
        .map(({ id, Section }) => (
          <Section key={id} person={person} />
        ))}
    </div>
  );
}
