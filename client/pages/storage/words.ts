// Sizes, spans and rules of keeping in the reader's language.
import type { StorageState } from '../../../server/contract/recording-keeping.ts';
import { spanText } from '../../app/keeping-rules.ts';
import type { Texts } from '../../i18n/index.ts';

type Words = Pick<Texts, 'number' | 't'>;

/** Decimal units, as disks are sold and settings are written. */
export function sizeText({ number, t }: Words, bytes: number): string {
  const short = (value: number) => number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (bytes >= 1e12) return t('storage.size.tb', { n: short(bytes / 1e12) });
  if (bytes >= 1e9) return t('storage.size.gb', { n: short(bytes / 1e9) });
  return t('storage.size.mb', { n: short(bytes / 1e6) });
}

export function ruleText(words: Words, { days, afterwards }: Pick<StorageState['byKind'][number], 'days' | 'afterwards'>): string {
  const { t } = words;
  if (days === null) return t('storage.rule.forever');
  return t(afterwards === 'archive' ? 'storage.rule.archive' : 'storage.rule.delete', { days: spanText(words, days) });
}
