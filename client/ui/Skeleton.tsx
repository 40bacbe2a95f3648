// Keeps the place of what is loading, so that nothing jumps when it comes.
import './Skeleton.css';

export type SkeletonProps = {
  /** CSS lengths; a line of text by default. */
  readonly width?: string;
  readonly height?: string;
  readonly round?: boolean;
};

/** Silent for screen readers; the region around it says that it is busy. */
export function Skeleton({ width = '100%', height = '1em', round = false }: SkeletonProps) {
  return <span className={round ? 'skeleton skeleton-round' : 'skeleton'} style={{ width, height }} aria-hidden="true" />;
}

/** Several lines, the last one shorter. */
export function SkeletonText({ lines = 3 }: { readonly lines?: number }) {
  return (
    <span className="skeleton-text" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <Skeleton key={line} width={line === lines - 1 ? '60%' : '100%'} />
      ))}
    </span>
  );
}
