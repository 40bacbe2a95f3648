// What is kept of a person, for how long, and all of it as a file.
import { useQuery } from '@tanstack/react-query';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DownloadIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';

export function DataSection() {
  const { t } = useText();
  const { data: rules } = useQuery({ queryKey: ['retention'], queryFn: ({ signal }) => api(accountRoutes.retention, { signal }) });
  const years = (n: number | null) => (n === null ? t('account.data.always') : t('account.data.years', { n }));
  return (
    <Card title={t('account.data.title')}>
      <div className="account-stack">
        <p>
          {t('account.data.text')} <Link href="/what-is-recorded">{t('app.recorded')}</Link>
        </p>
        {rules ? (
          <dl className="account-facts">
            <dt>{t('account.data.keep.account')}</dt>
            <dd>{rules.accountsDays === null ? t('account.data.always') : t('account.data.accountDays', { n: rules.accountsDays })}</dd>
            <dt>{t('account.data.keep.attendance')}</dt>
            <dd>{years(rules.attendanceYears)}</dd>
            <dt>{t('account.data.keep.chat')}</dt>
            <dd>{rules.chatDays === null ? t('account.data.always') : t('account.data.days', { n: rules.chatDays })}</dd>
            <dt>{t('account.data.keep.audit')}</dt>
            <dd>{years(rules.auditYears)}</dd>
          </dl>
        ) : null}
        <ButtonLink icon={DownloadIcon} href="/api/me/data" download="">
          {t('account.data.download')}
        </ButtonLink>
        <p className="account-note">{t('account.data.downloadNote')}</p>
      </div>
    </Card>
  );
}
