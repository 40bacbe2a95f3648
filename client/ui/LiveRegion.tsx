// The one place that screen readers listen to; stands once, at the root.
import { useEffect, useRef } from 'react';
import { type Politeness, speakThrough } from './live.ts';

// Long enough for a screen reader to take it up, short enough not to be found by reading along.
const keepMs = 5000;

export function LiveRegion() {
  const polite = useRef<HTMLDivElement>(null);
  const assertive = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const speak = (text: string, politeness: Politeness) => {
      const region = (politeness === 'assertive' ? assertive : polite).current;
      if (!region) return;
      // A line of its own each time, so that the same sentence twice is read twice.
      const line = document.createElement('p');
      line.textContent = text;
      region.append(line);
      setTimeout(() => line.remove(), keepMs);
    };
    return speakThrough(speak);
  }, []);

  // Within a modal dialog react-aria hides all else from screen readers, but leaves live regions marked like this.
  return (
    <div className="visually-hidden" data-live-announcer="true">
      <div ref={polite} role="log" aria-live="polite" aria-relevant="additions" />
      <div ref={assertive} role="log" aria-live="assertive" aria-relevant="additions" />
    </div>
  );
}
