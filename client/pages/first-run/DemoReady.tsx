// The demo university stands: the way to its class, and everybody's passwords, this once.
import type { z } from 'zod';
import type { FirstRunDone } from '../../../server/contract/identity.ts';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { ArrowRightIcon } from '../../ui/icons.ts';
import { Credentials } from '../people/Credentials.tsx';

export function DemoReady({ done: { person, credentials } }: { readonly done: z.output<typeof FirstRunDone> }) {
  const { t } = useText();
  return (
    <div className="first-run">
      <header className="first-run-head">
        <h1>{t('identity.firstRun.done.title')}</h1>
        <p role="status">{t('identity.firstRun.done.lead', { name: person.displayName })}</p>
      </header>
      <div className="first-run-go">
        <ButtonLink kind="primary" size="large" icon={ArrowRightIcon} href="/" autoFocus>
          {t('identity.firstRun.done.button')}
        </ButtonLink>
      </div>
      <section className="first-run-others">
        <h2>{t('identity.firstRun.done.others')}</h2>
        <p>{t('identity.firstRun.done.hint')}</p>
        <Credentials list={credentials} />
      </section>
    </div>
  );
}
