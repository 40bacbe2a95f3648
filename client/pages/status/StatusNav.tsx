// Leads among the pages on how the server fares: its load, and the store of recordings.
import { PagesNav } from '../../app/PagesNav.tsx';
import { useText } from '../../i18n/index.ts';
import { ActivityIcon, StorageIcon } from '../../ui/icons.ts';

export function StatusNav() {
  const { t } = useText();
  const pages = [
    { address: '/status', title: t('status.load.page'), icon: ActivityIcon },
    { address: '/storage', title: t('storage.title'), icon: StorageIcon },
  ];
  return <PagesNav label={t('status.title')} pages={pages} />;
}
