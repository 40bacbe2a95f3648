// What a day or a week came to: lessons held and not held, trouble, recordings and turnout, by faculty, building and kind; with its files.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { situationRoutes } from '../../../../server/contract/routes-situation.ts';
import type { SituationSummary } from '../../../../server/contract/situation.ts';
import { api } from '../../../app/api.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { usePageTitle } from '../../../app/page-title.ts';
import { useSession } from '../../../app/session.tsx';
import { dayKey, instantAt, useText } from '../../../i18n/index.ts';
import { ButtonLink } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { CalendarIcon, SituationIcon } from '../../../ui/icons.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { TimetableSteps } from '../../timetable/TimetableSteps.tsx';
import { takeZone } from '../../timetable/useLessons.ts';
import { Downloads } from '../Downloads.tsx';
import { FilterBar } from '../FilterBar.tsx';
import { addressWith, type Filter, narrowed, nothingChosen, readFilter, writeFilter } from '../filter.ts';
import { SituationNav } from '../SituationNav.tsx';
import { Comparison } from './Comparison.tsx';
import { figures } from './figures.ts';
import { lengths, type Period, periodOf, readPeriod, spanOf, writePeriod } from './period.ts';
import { TroubledLessons, TroubleKinds } from './Troubles.tsx';
import '../situation.css';
import './summary.css';

type Asked = ReturnType<typeof spanOf> & Partial<ReturnType<typeof narrowed>>;

const summaryQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['situation', 'summary', asked],
    queryFn: async ({ signal }) => {
      const summary = await api(situationRoutes.situationSummary, { query: asked, signal });
      takeZone(summary.timeZone);
      return summary;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export default function SummaryPage() {
  const { t } = useText();
  usePageTitle(t('situation.summary.title'));
  const { hasRole } = useSession();
  const [params, setParams] = useSearchParams();
  const today = dayKey(Date.now());
  const period = readPeriod(params, today);
  const filter: Filter = { ...nothingChosen, at: undefined, ...choiceOf(readFilter(params)) };
  const go = (next: Period, change: Partial<Filter> = {}) => {
    const kept = writeFilter({ ...filter, ...change });
    for (const [key, value] of Object.entries(writePeriod(next, today))) kept.set(key, value);
    setParams(kept, { replace: true });
  };
  const span = spanOf(period);
  const asked = { ...span, ...narrowed(filter) };
  const { data, error, isPlaceholderData, refetch } = useQuery(summaryQuery(asked));
  // What can be chosen is that of the whole period, not of what is chosen already; without a choice it is the same answer.
  const whole = useQuery(summaryQuery({ ...span, ...narrowed({ ...filter, ...nothingChosen }) })).data;
  return (
    <>
      <PageHeader
        title={t('situation.summary.title')}
        note={<PeriodWords period={period} />}
        actions={
          <>
            {hasRole('administrator') ? (
              <ButtonLink icon={SituationIcon} href={addressWith('/situation', filter)}>
                {t('situation.board')}
              </ButtonLink>
            ) : null}
            <Downloads path="/api/situation/summary" query={asked} />
          </>
        }
      />
      <SituationNav />
      <div className="situation-page" aria-busy={isPlaceholderData}>
        <div className="summary-period">
          <Segmented
            label={t('situation.summary.by')}
            options={lengths.map((id) => ({ id, label: t(`situation.summary.${id}`) }))}
            value={period.by}
            onChange={(by) => go(periodOf(by, period.from))}
          />
          <TimetableSteps by={period.by} day={period.from} today={today} onGo={(day) => go(periodOf(period.by, day))} />
        </div>
        <FilterBar
          filter={filter}
          faculties={whole?.faculties ?? []}
          buildings={whole?.buildings.map(({ name }) => name) ?? []}
          onChange={(change) => go(period, change)}
          isSearched={false}
        />
        {error && !data ? <LoadFailure error={error} title={t('situation.summary.failed')} onRetry={() => void refetch()} /> : null}
        {!data && !error ? <Skeleton height="24rem" /> : null}
        {data ? <Shown summary={data} /> : null}
      </div>
    </>
  );
}

function choiceOf({ faculty, building, kind }: Filter): Pick<Filter, 'faculty' | 'building' | 'kind'> {
  return { faculty, building, kind };
}

function PeriodWords({ period }: { readonly period: Period }) {
  const { t, date } = useText();
  const { from, to } = spanOf(period);
  if (period.by === 'day') return date(instantAt(from), 'full');
  return t('situation.summary.weekOf', { from: date(instantAt(from), 'dayMonth'), to: date(instantAt(to), 'dayMonth') });
}

function Shown({ summary }: { readonly summary: SituationSummary }) {
  const texts = useText();
  const { t, number } = texts;
  const { total } = summary;
  if (total.lessons === 0) {
    return (
      <EmptyState icon={CalendarIcon} title={t('situation.summary.empty.title')}>
        {t('situation.summary.empty.text')}
      </EmptyState>
    );
  }
  const due = total.held + total.notHeld;
  return (
    <>
      <p className="summary-sentence" role="status">
        {due > 0 ? t('situation.summary.sentence', { held: number(total.held), due, troubled: total.troubled }) : null}{' '}
        {total.coming > 0 ? t('situation.summary.soFar', { n: total.coming }) : null}
      </p>
      <dl className="summary-figures" aria-label={t('situation.summary.figures')}>
        {figures.map(({ id, title, note, words, isBad }) => (
          <div key={id} className="summary-figure" data-bad={isBad?.(total) || undefined}>
            <dt>{t(title)}</dt>
            <dd className="tabular">
              {words(total, texts)}
              {note ? <span className="situation-quiet">{t(note)}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <TroubleKinds summary={summary} />
      <Comparison summary={summary} />
      <TroubledLessons summary={summary} />
    </>
  );
}
