// Scrolls what has just been said into sight: a form may be longer than its window.
import { type ReactNode, useEffect, useRef } from 'react';

type InSightProps = {
  /** Each new one is shown; what says nothing, like false or null, is not. */
  readonly said: unknown;
  readonly className?: string;
  readonly children: ReactNode;
};

export function InSight({ said, className, children }: InSightProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) place.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  return (
    <div ref={place} className={className}>
      {children}
    </div>
  );
}
