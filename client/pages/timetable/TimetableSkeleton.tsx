// The shape of a day while it is on its way.
import { useText } from '../../i18n/index.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';

export function TimetableSkeleton() {
  const { t } = useText();
  return (
    <section className="timetable-skeleton" aria-busy="true" aria-label={t('app.loading')}>
      <Skeleton height="11rem" />
      <Skeleton height="4.5rem" />
      <Skeleton height="4.5rem" />
      <Skeleton height="4.5rem" />
    </section>
  );
}
