// Reminds people whose role asks for a second factor while there is time to set it up.
import { useLocation } from 'react-router';
import type { Person } from '../../server/contract/identity.ts';
import { useText } from '../i18n/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { ButtonLink } from '../ui/Button.tsx';

export function SecondFactorReminder({ person }: { readonly person: Person }) {
  const { t, date } = useText();
  const { pathname } = useLocation();
  const { secondFactor, secondFactorDueAt } = person;
  // The page itself says it.
  if (secondFactor !== 'wished' || secondFactorDueAt === undefined || pathname === '/account') return null;
  return (
    <div className="shell-reminder">
      <Banner
        tone="warn"
        action={
          <ButtonLink href="/account" size="small">
            {t('account.sf.wished.action')}
          </ButtonLink>
        }
      >
        {t('account.sf.wished', { date: date(secondFactorDueAt) })}
      </Banner>
    </div>
  );
}
