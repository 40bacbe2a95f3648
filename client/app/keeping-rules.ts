// How long recordings are kept, in words: said before one comes in, and where they are kept.
import { queryOptions } from '@tanstack/react-query';
import type { KeepingRules } from '../../server/contract/recording-keeping.ts';
import { recordingRoutes } from '../../server/contract/routes-recordings.ts';
import type { LessonKind } from '../../server/contract/timetable.ts';
import type { Texts } from '../i18n/index.ts';
import { api } from './api.ts';

type Rule = Pick<KeepingRules['rules'][number], 'days' | 'afterwards'>;

export const keepingRulesQuery = queryOptions({
  queryKey: ['keeping-rules'],
  queryFn: ({ signal }) => api(recordingRoutes.keepingRules, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Whole years as years: nobody thinks of 1825 days. */
export function spanText({ t }: Pick<Texts, 't'>, days: number): string {
  return days % 365 === 0 ? t('app.span.years', { n: days / 365 }) : t('app.span.days', { n: days });
}

export function keptText(texts: Pick<Texts, 't'>, { days, afterwards }: Rule): string {
  if (days === null) return texts.t('app.kept.forever');
  return texts.t(afterwards === 'archive' ? 'app.kept.archive' : 'app.kept.delete', { span: spanText(texts, days) });
}

/** The rule of a kind; where the kind is not known, the one that holds for all. */
export function ruleOf({ rules }: KeepingRules, kind: LessonKind | undefined): Rule | undefined {
  if (kind !== undefined) return rules.find((rule) => rule.kind === kind);
  const [first, ...others] = rules;
  return others.every((rule) => rule.days === first?.days && rule.afterwards === first.afterwards) ? first : undefined;
}

/** Kinds that are kept alike, together. */
export function rulesTogether({ rules }: KeepingRules): readonly { readonly rule: Rule; readonly kinds: readonly LessonKind[] }[] {
  const groups = Map.groupBy(rules, ({ days, afterwards }) => `${days} ${days === null ? '' : afterwards}`);
  return [...groups.values()].flatMap((same) => (same[0] === undefined ? [] : [{ rule: same[0], kinds: same.map(({ kind }) => kind) }]));
}
