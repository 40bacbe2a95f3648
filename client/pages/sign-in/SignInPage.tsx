// The page where one signs in, and from which an empty server leads to its first run.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { SignInProblem } from '../../../server/contract/providers.ts';
import { nextAddress } from '../../app/next-address.ts';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Link } from '../../ui/Link.tsx';
import { firstRunQuery } from '../first-run/first-run-query.ts';
import { CodeForm } from './CodeForm.tsx';
import { ProviderButtons } from './ProviderButtons.tsx';
import { providersQuery } from './providers-query.ts';
import { SignInForm } from './SignInForm.tsx';
import './SignInPage.css';

export default function SignInPage() {
  const { t } = useText();
  const { state } = useSession();
  const { search } = useLocation();
  const { data: firstRun } = useQuery(firstRunQuery);
  const { data: providers = [], isLoading } = useQuery(providersQuery);
  const [problem, setProblem] = useState(() => SignInProblem.safeParse(new URLSearchParams(search).get('problem')).data ?? null);
  const [needsCode, setNeedsCode] = useState(() => new URLSearchParams(search).get('step') === 'code');
  usePageTitle(t('identity.signIn.title'));
  const next = nextAddress(search, window.location.origin);
  if (state === 'signed-in') return <Navigate to={next} replace />;
  if (firstRun?.needed) return <Navigate to="/first-run" replace />;
  // Nothing may move under the finger when it turns out that there are more ways in.
  if (isLoading) return <PageSkeleton />;
  if (needsCode)
    return (
      <div className="sign-in">
        <div className="sign-in-card">
          <header className="sign-in-head">
            <h1>{t('identity.signIn.code.title')}</h1>
          </header>
          <CodeForm onBack={() => setNeedsCode(false)} />
        </div>
      </div>
    );
  const elsewhere = providers.filter(({ kind }) => kind !== 'ldap');
  const lead = elsewhere.length > 0 ? 'identity.signIn.leadProviders' : 'identity.signIn.lead';
  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <header className="sign-in-head">
          <h1>{t('identity.signIn.title')}</h1>
          <p>{t(lead)}</p>
        </header>
        {problem ? <Problem code={problem} /> : null}
        {elsewhere.length > 0 ? (
          <>
            <ProviderButtons providers={elsewhere} next={next} />
            <p className="sign-in-or">{t('identity.signIn.or')}</p>
          </>
        ) : null}
        <SignInForm
          kind={elsewhere.length === 1 ? 'plain' : 'primary'}
          autoFocus={elsewhere.length === 0}
          onTry={() => setProblem(null)}
          onCode={() => setNeedsCode(true)}
        />
      </div>
      <div className="sign-in-notes">
        <p>{t('identity.signIn.forgotten')}</p>
        {providers.length > 0 ? <p>{t('identity.signIn.forgottenElsewhere')}</p> : null}
        <p>{t('identity.signIn.guest')}</p>
        <p>
          <Link href="/connection-test">{t('app.connectionTest')}</Link>
        </p>
      </div>
    </div>
  );
}

/** What the way over another system ended in. */
function Problem({ code }: { readonly code: SignInProblem }) {
  const { refusal } = useText();
  const tone = code === 'sign-in-cancelled' ? 'info' : code === 'sign-in-expired' ? 'warn' : 'danger';
  return (
    <Banner tone={tone} announce="polite">
      {refusal(code)}
    </Banner>
  );
}
