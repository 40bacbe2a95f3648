// The loudness of one's own voice as a bar; follows the measurement without drawing the page again.
import { useEffect, useRef } from 'react';
import type { Observable } from '../../media/observable.ts';

export function LevelBar({ level, className }: { readonly level: Observable<number>; readonly className: string }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = () => bar.current?.style.setProperty('--level', level.value.toFixed(2));
    show();
    return level.subscribe(show);
  }, [level]);
  return <span ref={bar} className={className} aria-hidden="true" />;
}
