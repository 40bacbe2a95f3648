// The board's lessons, asked for again and again, with the server's clock and whether they are still fresh.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { situationRoutes } from '../../../server/contract/routes-situation.ts';
import type { Situation } from '../../../server/contract/situation.ts';
import { api } from '../../app/api.ts';
import { takeZone, useNow } from '../timetable/useLessons.ts';
import type { Moment } from './board.ts';
import { aheadOf, isStale, serverTime } from './clock.ts';
import { type Filter, narrowed } from './filter.ts';

const askNowMs = 5_000;
/** What is past changes only when a register is corrected. */
const askPastMs = 60_000;

export type Watched = {
  readonly situation: Situation | undefined;
  readonly moment: Moment;
  /** When the last answer came, by the server's clock. */
  readonly answeredAt: number;
  /** W66: answers have stopped coming. */
  readonly isStale: boolean;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

export function useSituation(filter: Filter): Watched {
  const { at } = filter;
  // Filters are at work here, so that all may be counted and chosen from; but what does not fit into one answer only the server can leave out.
  const [isTooMuch, setTooMuch] = useState(false);
  const narrowing = isTooMuch ? narrowed(filter) : {};
  const [ahead, setAhead] = useState<number | null>(null);
  const { data, error, dataUpdatedAt, isPlaceholderData, isPending, refetch } = useQuery({
    queryKey: ['situation', at ?? 'now', narrowing],
    queryFn: async ({ signal }) => {
      const situation = await api(situationRoutes.situation, { query: { at, ...narrowing }, signal });
      takeZone(situation.timeZone);
      return situation;
    },
    refetchInterval: at === undefined ? askNowMs : askPastMs,
    // New trouble is called while another tab is looked at, and a wall screen has nobody who would click.
    refetchIntervalInBackground: at === undefined,
    networkMode: 'always',
    retry: false,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const madeAt = data?.madeAt;
  useEffect(() => {
    if (madeAt !== undefined) setAhead((before) => aheadOf(before, madeAt, dataUpdatedAt));
  }, [madeAt, dataUpdatedAt]);
  if (data?.more && !isTooMuch) setTooMuch(true);
  // Asked for by the clock here, since that is what the query's own times are told by.
  const localNow = useNow(0);
  return {
    situation: data,
    moment: { now: serverTime(localNow, ahead), past: at !== undefined },
    answeredAt: serverTime(dataUpdatedAt, ahead),
    isStale: data !== undefined && at === undefined && !isPlaceholderData && isStale(localNow, dataUpdatedAt),
    isLoading: isPending || isPlaceholderData,
    error,
    retry: () => void refetch(),
  };
}
