// Leads among the pages on how the server fares: its load, how lessons and people fare, the store of recordings, and what people report of their connections.
import { PagesNav } from '../../app/PagesNav.tsx';
import { useText } from '../../i18n/index.ts';
import { ActivityIcon, DiagnosisIcon, SituationIcon, SpeedIcon, StorageIcon } from '../../ui/icons.ts';

export function StatusNav() {
  const { t } = useText();
  const pages = [
    { address: '/status', title: t('status.load.page'), icon: ActivityIcon },
    { address: '/situation', title: t('status.situation.page'), icon: SituationIcon },
    { address: '/diagnosis', title: t('status.diagnosis.page'), icon: DiagnosisIcon },
    { address: '/storage', title: t('storage.title'), icon: StorageIcon },
    { address: '/connection-reports', title: t('app.connectionReports'), icon: SpeedIcon },
  ];
  return <PagesNav label={t('status.title')} pages={pages} />;
}
