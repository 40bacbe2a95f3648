// A word of warning before a lesson is added that brings the share of distance teaching near its limit, or over it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { sharesRoutes } from '../../../server/contract/routes-shares.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';

/** `request`: the new lesson as JSON, so that the same form asks only once. */
export function ShareForecast({ request }: { readonly request: string }) {
  const { t, number } = useText();
  const { data } = useQuery({
    queryKey: ['shares-preview', request],
    queryFn: ({ signal }) => api(sharesRoutes.sharesPreview, { body: { of: 'lesson', lesson: JSON.parse(request) }, signal }),
    placeholderData: keepPreviousData,
    // Whoever may not see the shares plans without them.
    retry: false,
  });
  const after = data?.after;
  if (!after || after.percent === null || (after.state !== 'near' && after.state !== 'over')) return null;
  return (
    <Banner tone="warn" announce="polite" title={t(`shares.forecast.${after.state}`)}>
      {t('shares.forecast.text', { percent: number(after.percent / 100, percent), limit: number(after.limitPercent / 100, percent) })}
    </Banner>
  );
}

const percent: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 1 };
