// Who had trouble in class, when and why; and one person's stay. What is asked for stands in the address, so that it can be sent on.
import { SearchView } from './SearchView.tsx';
import { StayView } from './StayView.tsx';
import { useAsked } from './useAsked.ts';
import './diagnosis.css';

export default function DiagnosisPage() {
  const [asked, go] = useAsked();
  return asked.stay ? <StayView asked={asked} stay={asked.stay} onGo={go} /> : <SearchView asked={asked} onGo={go} />;
}
