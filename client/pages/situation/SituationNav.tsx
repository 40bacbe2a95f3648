// Leads among the pages that watch over lessons; administrators have them among those on how the server fares.
import { PagesNav } from '../../app/PagesNav.tsx';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { DiagnosisIcon, RegisterIcon, SituationIcon } from '../../ui/icons.ts';
import { StatusNav } from '../status/StatusNav.tsx';

/** Needs the texts of the parts `situation` and `staff`. */
export function SituationNav() {
  const { t } = useText();
  const { hasRole } = useSession();
  if (hasRole('administrator')) return <StatusNav />;
  const pages = [
    { address: '/situation', title: t('situation.board'), icon: SituationIcon },
    { address: '/situation/summary', title: t('situation.summary'), icon: RegisterIcon },
    { address: '/diagnosis', title: t('situation.diagnosis'), icon: DiagnosisIcon },
  ];
  return <PagesNav label={t('situation.nav')} pages={pages} />;
}
