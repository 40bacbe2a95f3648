// Who had trouble in class, when and why; and one person's stay. What is asked for stands in the address, so that it can be sent on.
import { useEffect, useRef } from 'react';
import { useNavigationType } from 'react-router';
import { SearchView } from './SearchView.tsx';
import { StayView } from './StayView.tsx';
import { useAsked } from './useAsked.ts';
import './diagnosis.css';

export default function DiagnosisPage() {
  const [asked, go] = useAsked();
  const { stay } = asked;
  useTop(stay ? `${stay.lessonId}/${stay.personId}` : 'search');
  return stay ? <StayView asked={asked} stay={stay} onGo={go} /> : <SearchView asked={asked} onGo={go} />;
}

/** Both share one address, yet each begins at its top like a page of its own. */
function useTop(view: string): void {
  const kind = useNavigationType();
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    // Going back, the browser restores the place by itself.
    if (kind !== 'POP') window.scrollTo(0, 0);
  }, [view, kind]);
}
