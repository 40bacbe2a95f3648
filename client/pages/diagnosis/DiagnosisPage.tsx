// Who had trouble in class, when and why; and one person's stay. What is asked for stands in the address, so that it can be sent on.
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { type Asked, readAsked, writeAsked } from './asked.ts';
import { SearchView } from './SearchView.tsx';
import { StayView } from './StayView.tsx';
import './diagnosis.css';

/** Changes what is asked for; `replace` leaves no step to go back to. */
export type Go = (change: Partial<Asked>, replace?: boolean) => void;

export default function DiagnosisPage() {
  const { t } = useText();
  usePageTitle(t('diagnosis.title'));
  const [params, setParams] = useSearchParams();
  const asked = readAsked(params);
  const go = useCallback<Go>(
    (change, replace = false) => setParams((now) => writeAsked({ ...readAsked(now), ...change }), { replace }),
    [setParams],
  );
  return asked.stay ? <StayView asked={asked} stay={asked.stay} onGo={go} /> : <SearchView asked={asked} onGo={go} />;
}
