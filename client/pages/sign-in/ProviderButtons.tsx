// One way to sign in for each system of the university that has a page of its own.
import { providerAddresses, type SignInProvider } from '../../../server/contract/providers.ts';
import { forgetGuestTokens } from '../../app/guest-tokens.ts';
import { useText } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { GraduationIcon } from '../../ui/icons.ts';

/** @param next the page of ours to come to afterwards */
export function ProviderButtons({ providers, next }: { readonly providers: readonly SignInProvider[]; readonly next: string }) {
  const { t, language } = useText();
  // What is to be pressed next is one thing: of several none stands out.
  const kind = providers.length === 1 ? 'button-primary' : 'button-plain';
  return (
    <ul className="sign-in-providers">
      {providers.map(({ id, label }) => (
        <li key={id}>
          {/* A plain link: it leaves for an address that is no page of the client. */}
          <a
            className={cx('button', 'button-large', 'button-wide', kind)}
            href={`${providerAddresses.start(id)}?${new URLSearchParams({ next })}`}
            onClick={() => forgetGuestTokens()}
          >
            <GraduationIcon />
            <span className="button-text">{t('identity.signIn.by', { name: label[language] })}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
