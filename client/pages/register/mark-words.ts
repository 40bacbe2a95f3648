// One mark of the picture of a lesson in words: from when to when, and what it was. Pure.
import type { Texts } from '../../i18n/index.ts';
import type { Mark } from './lanes.ts';

type Words = Pick<Texts, 't' | 'time' | 'timeRange' | 'duration' | 'number'>;

export function markWords(mark: Mark, { t, time, timeRange, duration, number }: Words): string {
  const { from, to } = mark;
  const length = duration(to - from);
  switch (mark.kind) {
    case 'present':
      return mark.lasts
        ? t('register.mark.since', { at: time(from), what: t('register.mark.present') })
        : t('register.mark.span', { span: timeRange(from, to), what: t('register.mark.present'), length });
    case 'gap': {
      const what = t(`register.gap.kind.${mark.of}`);
      if (!mark.back) return t('register.mark.gone', { at: time(from), what });
      return t(mark.forgiven ? 'register.mark.forgiven' : 'register.mark.span', { span: timeRange(from, to), what, length });
    }
    case 'lapse':
      return t('register.mark.span', { span: timeRange(from, to), what: t('register.gap.lapse'), length });
    case 'check': {
      const what = t(`register.check.${mark.outcome}`);
      if (mark.outcome !== 'answered' || mark.afterMs === null) return t('register.mark.check', { at: time(from), what });
      return t('register.mark.answered', { at: time(from), what, seconds: number(Math.max(1, Math.round(mark.afterMs / 1000))) });
    }
    case 'span':
      return t('register.mark.span', { span: timeRange(from, to), what: t(`register.lane.${mark.lane}`), length });
  }
}
