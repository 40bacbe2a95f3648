// Brings together what stands around the player: timeline, captions, own notes, and where one goes on.

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { watchingTimeOf } from '../../../../server/contract/watching-time.ts';
import { timelineQuery } from '../timeline-query.ts';
import type { Study, StudyParts } from './study.ts';
import { useCaptions } from './useCaptions.ts';
import { useContinue } from './useContinue.ts';
import { useCueDraft } from './useCueDraft.ts';
import { useNotes } from './useNotes.ts';

/** How soon the chat and the chapters of a class that still runs are looked at again. */
const growsMs = 20_000;

export function useStudy({ player, manifest, page }: StudyParts): Study {
  const { id } = page;
  const isRunning = manifest.state !== 'ended';
  const { data: timeline } = useQuery({
    ...timelineQuery(id),
    refetchInterval: isRunning ? growsMs : false,
    staleTime: 10_000,
  });
  const time = useMemo(() => watchingTimeOf(manifest), [manifest]);
  const captions = useCaptions(id, page.captions);
  const notes = useNotes(id, page.may.note);
  const continued = useContinue(player, manifest, page);
  const draft = useCueDraft(id, page.may.caption);
  return { timeline, time, captions, notes, continued, draft };
}
