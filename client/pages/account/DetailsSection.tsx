// Who one is here, and the language in which the product speaks.
import { useMutation } from '@tanstack/react-query';
import type { Language, Person } from '../../../server/contract/identity.ts';
import { sessionRoutes } from '../../../server/contract/routes-session.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { languageNames, languages, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/Select.tsx';

export function DetailsSection({ person }: { readonly person: Person }) {
  const { t } = useText();
  const facts = [
    [t('identity.field.displayName'), person.displayName],
    [t('identity.field.signInName'), person.signInName],
    [t('account.email'), person.email ?? '–'],
    [t('account.roles'), person.roles.map((role) => t(`identity.role.${role}`)).join(', ')],
  ] as const;
  return (
    <Card title={t('account.details')}>
      <div className="account-stack">
        <dl className="account-facts">
          {facts.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
        </dl>
        <p className="account-note">{t('account.detailsNote')}</p>
        <LanguageChoice />
      </div>
    </Card>
  );
}

function LanguageChoice() {
  const { t, refusal, language, setLanguage } = useText();
  const { changed } = useSession();
  const keep = useMutation({
    mutationFn: (next: Language) => api(sessionRoutes.changeMe, { body: { language: next } }),
    onSuccess: (me) => changed(me.person),
  });
  return (
    <>
      <Select
        label={t('app.language')}
        options={languages.map((id) => ({ id, label: languageNames[id] }))}
        value={language}
        onChange={(next) => {
          void setLanguage(next);
          keep.mutate(next);
        }}
      />
      {keep.error ? (
        <Banner tone="danger" announce="assertive" title={t('app.account.languageFault')}>
          {refusal(errorCode(keep.error))}
        </Banner>
      ) : null}
    </>
  );
}
