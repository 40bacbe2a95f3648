// Where a rule holds, in words. Pure.
import type { Texts } from '../../../i18n/index.ts';
import type { Holding } from './rules.ts';

export function scopeWords({ scope, name }: Pick<Holding, 'scope' | 'name'>, t: Texts['t']): string {
  switch (scope.of) {
    case 'university':
      return t('rules.of.university');
    case 'kind':
      return t('rules.ofKind', { kind: t(`timetable.kind.${scope.kind}`) });
    case 'course':
      return t('rules.ofCourse', { course: name });
  }
}
