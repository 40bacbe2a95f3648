// The settings of notifications as a page of their own: where mails lead.
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { NotificationSettings } from '../../notifications/NotificationSettings.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export default function NotificationSettingsPage() {
  const { t } = useText();
  usePageTitle(t('notification.settings'));
  return (
    <>
      <PageHeader title={t('notification.settings')} />
      <NotificationSettings />
    </>
  );
}
