// The viewer's name across the picture, faint, and every minute somewhere else, so that no corner can be cut away.
import { type CSSProperties, useEffect, useState } from 'react';

const moveEveryMs = 40_000;
/** Share of the free width and height. */
const places = [
  [0.08, 0.12],
  [0.82, 0.7],
  [0.45, 0.42],
  [0.12, 0.8],
  [0.78, 0.18],
] as const;

export function Watermark({ name }: { readonly name: string }) {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setAt((before) => (before + 1) % places.length), moveEveryMs);
    return () => clearInterval(timer);
  }, []);
  const [x, y] = places[at] ?? places[0];
  const variables: CSSProperties & Record<`--${string}`, number> = { '--mark-x': x, '--mark-y': y };
  return (
    <span className="recording-watermark" style={variables} aria-hidden="true">
      {name}
    </span>
  );
}
