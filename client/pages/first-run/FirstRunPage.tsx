// The first visit to an empty server: make the first administrator, or look around with a demo university.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { z } from 'zod';
import type { FirstRunDone } from '../../../server/contract/identity.ts';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ShieldIcon } from '../../ui/icons.ts';
import type { Access } from './access.ts';
import { Choices } from './Choices.tsx';
import { DemoReady } from './DemoReady.tsx';
import { FirstAdministrator } from './FirstAdministrator.tsx';
import { firstRunQuery } from './first-run-query.ts';
import './FirstRunPage.css';

export default function FirstRunPage() {
  const { t } = useText();
  const code = useCodeOfLink();
  const [typedCode, setTypedCode] = useState('');
  const [codeRefused, setCodeRefused] = useState<'never' | 'now' | 'before'>('never');
  const [own, setOwn] = useState(false);
  const [done, setDone] = useState<z.output<typeof FirstRunDone>>();
  const { data, isPending } = useQuery(firstRunQuery);
  usePageTitle(t('identity.firstRun.title'));

  if (done) return <DemoReady done={done} />;
  if (isPending) return <PageSkeleton />;
  if (data && !data.needed) return <NotNeeded />;
  const access: Access = {
    code: codeRefused !== 'never' || code === '' ? codeIn(typedCode) : code,
    // The link's own code needs no field, unless it was refused.
    asksForCode: codeRefused !== 'never' || code === '',
    typedCode,
    onTypedCode: (typed) => {
      setTypedCode(typed);
      if (codeRefused === 'now') setCodeRefused('before');
    },
    codeRefused: codeRefused === 'now',
    onCodeRefused: () => setCodeRefused('now'),
  };
  if (own) return <FirstAdministrator access={access} onBack={() => setOwn(false)} />;
  return <Choices access={access} onOwn={() => setOwn(true)} onDone={setDone} />;
}

/** Takes the code out of the address, so that it stays neither in the history nor on a screen that is shared. */
function useCodeOfLink(): string {
  const { hash, pathname, search } = useLocation();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const inLink = decoded(hash.slice(1));
  useEffect(() => {
    if (inLink === '') return;
    setCode(inLink);
    void navigate(pathname + search, { replace: true });
  }, [inLink, pathname, search, navigate]);
  return inLink || code;
}

/** Who pastes the whole link means the code at its end. */
function codeIn(typed: string): string {
  return typed.slice(typed.lastIndexOf('#') + 1).trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}

function NotNeeded() {
  const { t } = useText();
  return (
    <EmptyState
      icon={ShieldIcon}
      level={1}
      title={t('identity.firstRun.notNeeded.title')}
      action={
        <ButtonLink kind="primary" href="/sign-in">
          {t('identity.signIn.button')}
        </ButtonLink>
      }
    >
      {t('identity.firstRun.notNeeded.text')}
    </EmptyState>
  );
}
