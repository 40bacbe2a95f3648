// Whether something needs someone: a sign, a colour and a word.
import { type TextKey, useText } from '../../i18n/index.ts';
import { StatusChip } from '../../ui/Chip.tsx';
import type { Level } from './figures.ts';

const looks: Readonly<Record<Level, { readonly tone: 'good' | 'warn' | 'danger'; readonly word: TextKey }>> = {
  good: { tone: 'good', word: 'status.level.good' },
  watch: { tone: 'warn', word: 'status.level.watch' },
  act: { tone: 'danger', word: 'status.level.act' },
};

export function LevelChip({ level }: { readonly level: Level }) {
  const { t } = useText();
  return <StatusChip tone={looks[level].tone}>{t(looks[level].word)}</StatusChip>;
}
