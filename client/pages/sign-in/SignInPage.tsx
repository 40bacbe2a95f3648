// The page where one signs in, and from which an empty server leads to its first run.
import { useQuery } from '@tanstack/react-query';
import { Navigate, useLocation } from 'react-router';
import { nextAddress } from '../../app/next-address.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { firstRunQuery } from '../first-run/first-run-query.ts';
import { SignInForm } from './SignInForm.tsx';
import './SignInPage.css';

export default function SignInPage() {
  const { t } = useText();
  const { state } = useSession();
  const { search } = useLocation();
  const { data: firstRun } = useQuery(firstRunQuery);
  usePageTitle(t('identity.signIn.title'));
  if (state === 'signed-in') return <Navigate to={nextAddress(search, window.location.origin)} replace />;
  if (firstRun?.needed) return <Navigate to="/first-run" replace />;
  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <header className="sign-in-head">
          <h1>{t('identity.signIn.title')}</h1>
          <p>{t('identity.signIn.lead')}</p>
        </header>
        <SignInForm />
      </div>
      <div className="sign-in-notes">
        <p>{t('identity.signIn.forgotten')}</p>
        <p>{t('identity.signIn.guest')}</p>
      </div>
    </div>
  );
}
