// How bad it was: a word and a sign, none by colour alone.
import type { Severity } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { Chip, StatusChip } from '../../ui/Chip.tsx';
import { AbsentIcon } from '../../ui/icons.ts';

export function DegreeChip({ severity }: { readonly severity: Severity | null }) {
  const { t } = useText();
  if (severity === null) return <StatusChip tone="good">{t('diagnosis.noTrouble')}</StatusChip>;
  if (severity === 'unusable') {
    return (
      <Chip tone="danger" icon={AbsentIcon}>
        {t('diagnosis.severity.unusable')}
      </Chip>
    );
  }
  return <StatusChip tone={severity === 'bad' ? 'danger' : 'warn'}>{t(`diagnosis.severity.${severity}`)}</StatusChip>;
}
