// A report without lessons: what will be here.
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RegisterIcon } from '../../ui/icons.ts';

export function NoLessons() {
  const { t } = useText();
  return (
    <EmptyState icon={RegisterIcon} title={t('reports.noLessons.title')}>
      {t('reports.noLessons.text')}
    </EmptyState>
  );
}
