// How full the store is, in a word with a sign.
import type { SpaceLevel } from '../../../server/contract/recording-keeping.ts';
import { useText } from '../../i18n/index.ts';
import { StatusChip } from '../../ui/Chip.tsx';

const tones = { ample: 'good', tight: 'warn', scarce: 'danger', full: 'danger' } as const satisfies Record<SpaceLevel, string>;

export function LevelChip({ level }: { readonly level: SpaceLevel }) {
  const { t } = useText();
  return <StatusChip tone={tones[level]}>{t(`storage.level.${level}`)}</StatusChip>;
}
