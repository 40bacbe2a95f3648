// Opens and closes the last hour of one row.
import { useText } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { HistoryIcon } from '../../ui/icons.ts';

type HourToggleProps = { readonly name: string; readonly isOpen: boolean; readonly onPress: () => void };

export function HourToggle({ name, isOpen, onPress }: HourToggleProps) {
  const { t } = useText();
  return <IconButton icon={HistoryIcon} label={t('status.hour.of', { name })} aria-expanded={isOpen} size="small" onPress={onPress} />;
}
