// The two ways to begin.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { FirstRunDone } from '../../../server/contract/identity.ts';
import { sessionRoutes } from '../../../server/contract/routes-session.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { GraduationIcon, SettingsIcon } from '../../ui/icons.ts';
import type { Access } from './access.ts';
import { CodeField } from './CodeField.tsx';

type ChoicesProps = {
  readonly access: Access;
  readonly onOwn: () => void;
  readonly onDone: (done: z.output<typeof FirstRunDone>) => void;
};

export function Choices({ access, onOwn, onDone }: ChoicesProps) {
  const { t, refusal, language } = useText();
  const { signedIn } = useSession();
  const [looked, setLooked] = useState(false);
  const demo = useMutation({
    mutationFn: async () => {
      const done = await api(sessionRoutes.firstRun, { body: { choice: 'demo', code: access.code } });
      // Who looks around keeps the language they read this page in, whatever the demo's teacher would have.
      const { person } = await api(sessionRoutes.changeMe, { body: { language } }).catch(() => done);
      return { ...done, person };
    },
    onSuccess: (done) => {
      onDone(done);
      signedIn(done.person);
    },
    onError: (error) => errorCode(error) === 'link-invalid' && access.onCodeRefused(),
  });
  const begin = (go: () => void) => {
    setLooked(true);
    if (access.code !== '') return go();
    document.querySelector<HTMLInputElement>('[name="code"]')?.focus();
  };
  const code = demo.error ? errorCode(demo.error) : undefined;

  return (
    <div className="first-run">
      <header className="first-run-head">
        <h1>{t('identity.firstRun.title')}</h1>
        <p>{t('identity.firstRun.lead')}</p>
      </header>
      <CodeField access={access} missing={looked} />
      {code && code !== 'link-invalid' ? (
        <Banner tone="danger" announce="assertive">
          {refusal(code)}
        </Banner>
      ) : null}
      <div className="first-run-choices">
        <section className="first-run-choice">
          <GraduationIcon className="first-run-sign" />
          <h2>{t('identity.firstRun.demo.title')}</h2>
          <p>{t('identity.firstRun.demo.text')}</p>
          <Button kind="primary" size="large" isPending={demo.isPending} onPress={() => begin(() => demo.mutate())}>
            {t(demo.isPending ? 'identity.firstRun.demo.busy' : 'identity.firstRun.demo.button')}
          </Button>
        </section>
        <section className="first-run-choice">
          <SettingsIcon className="first-run-sign" />
          <h2>{t('identity.firstRun.own.title')}</h2>
          <p>{t('identity.firstRun.own.text')}</p>
          <Button size="large" isDisabled={demo.isPending} onPress={onOwn}>
            {t('identity.firstRun.own.button')}
          </Button>
        </section>
      </div>
    </div>
  );
}
