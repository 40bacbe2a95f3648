// Figures in the reader's language.
import type { Texts } from '../../i18n/index.ts';
import type { Unit } from './figures.ts';

/** Without its unit: the column says it. */
export function mbits({ number }: Pick<Texts, 'number'>, bps: number): string {
  return number(bps / 1e6, { maximumFractionDigits: bps < 1e7 ? 1 : 0 });
}

export function formatFigure({ number, t }: Pick<Texts, 'number' | 't'>, unit: Unit, value: number | null): string {
  if (value === null) return '–';
  switch (unit) {
    case 'count':
      return number(Math.round(value));
    case 'bitrate':
      return value < 1e9
        ? t('status.mbits', { n: mbits({ number }, value) })
        : t('status.gbits', { n: number(value / 1e9, { maximumFractionDigits: value < 1e10 ? 2 : 0 }) });
    case 'share':
    case 'load':
      return number(value, { style: 'percent', maximumFractionDigits: unit === 'share' && value < 0.1 ? 1 : 0 });
    case 'bytes':
      return value < 1e9
        ? t('status.megabytes', { n: number(Math.round(value / 1e6)) })
        : t('status.gigabytes', { n: number(value / 1e9, { maximumFractionDigits: value < 1e10 ? 1 : 0 }) });
    case 'ms':
      return t('status.ms', { n: number(Math.round(value)) });
  }
}
