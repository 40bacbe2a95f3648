// A wall screen runs for months: when the server has learnt to say what this page does not understand, the page is loaded anew.
import { useEffect } from 'react';
import { errorCode } from '../../../app/api.ts';

/** W68: a fault that lasts no longer is not of that kind. */
const afterMs = 120_000;

export function useRenewal(error: Error | null): void {
  // Without an answer there would be nothing to load.
  const isForeign = error !== null && errorCode(error) === 'internal';
  useEffect(() => {
    if (!isForeign) return;
    const timer = setTimeout(() => location.reload(), afterMs);
    return () => clearTimeout(timer);
  }, [isForeign]);
}
