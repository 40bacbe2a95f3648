// The shape of a page while it is not yet known what it holds.
import { useText } from '../i18n/index.ts';
import { Skeleton, SkeletonText } from '../ui/Skeleton.tsx';
import './PageSkeleton.css';

export function PageSkeleton() {
  const { t } = useText();
  return (
    <section className="page-skeleton" aria-busy="true" aria-label={t('app.loading')}>
      <Skeleton width="14rem" height="1.75rem" />
      <SkeletonText lines={4} />
    </section>
  );
}
