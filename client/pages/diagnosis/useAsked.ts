// What the address asks for, and the way to ask for something else.
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { type Asked, readAsked, writeAsked } from './asked.ts';

/** Changes what is asked for; `replace` leaves no step to go back to. */
export type Go = (change: Partial<Asked>, replace?: boolean) => void;

export function useAsked(): readonly [Asked, Go] {
  const [params, setParams] = useSearchParams();
  const go = useCallback<Go>(
    // From the address as it is now: a field that settles late must not take back what was asked meanwhile.
    (change, replace = false) => setParams(writeAsked({ ...readAsked(new URLSearchParams(location.search)), ...change }), { replace }),
    [setParams],
  );
  return [readAsked(params), go];
}
