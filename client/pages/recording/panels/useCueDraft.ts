// The cues that are being edited: loaded, changed step by step, saved unless somebody else was faster.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import type { CaptionLanguage, CaptionTrack } from '../../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import { ApiError, api, errorCode } from '../../../app/api.ts';
import { type DraftCue, drafted, faultOf } from './cues.ts';
import { captionsKey, captionsQuery } from './useCaptions.ts';

type Draft = {
  readonly language: CaptionLanguage;
  readonly cues: readonly DraftCue[];
  /** Of what it began from; null: there was nothing. */
  readonly changedAt: number | null;
  readonly isChanged: boolean;
};
/** `conflict`: somebody else has saved meanwhile. */
export type DraftTrouble = { readonly kind: 'conflict' } | { readonly kind: 'refused'; readonly code: string };

export type CueDraft = {
  /** Null: nothing is being edited. */
  readonly language: CaptionLanguage | null;
  readonly cues: readonly DraftCue[];
  readonly isChanged: boolean;
  readonly isBusy: boolean;
  readonly trouble: DraftTrouble | null;
  /** The first that cannot be saved. */
  readonly faulty: DraftCue | undefined;
  /** What has not been saved is lost. */
  readonly open: (language: CaptionLanguage, isNew: boolean) => Promise<void>;
  readonly close: () => void;
  readonly set: (cues: readonly DraftCue[]) => void;
  /** `over`: also when somebody else was faster. True when it is saved. */
  readonly save: (over?: boolean) => Promise<boolean>;
};

/** Null for those who may write none. */
export function useCueDraft(id: RecordingId, mayCaption: boolean): CueDraft | null {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<DraftTrouble | null>(null);
  const isChanged = draft?.isChanged ?? false;
  useEffect(() => {
    if (!isChanged) return undefined;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [isChanged]);
  if (!mayCaption) return null;

  const busily = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    setBusy(true);
    setTrouble(null);
    try {
      return await work();
    } catch (error) {
      const code = errorCode(error);
      setTrouble(code === 'conflict' ? { kind: 'conflict' } : { kind: 'refused', code });
      return otherwise;
    } finally {
      setBusy(false);
    }
  };
  const latest = (language: CaptionLanguage) => client.fetchQuery({ ...captionsQuery(id, language), staleTime: 0 }).catch(nothingYet);

  return {
    language: draft?.language ?? null,
    cues: draft?.cues ?? [],
    ...{ isChanged, isBusy, trouble },
    faulty: draft?.cues.find((cue) => faultOf(cue) !== null),
    open: (language, isNew) =>
      busily(async () => {
        const track = isNew ? null : await latest(language);
        setDraft({ language, cues: drafted(track?.cues ?? []), changedAt: track?.changedAt ?? null, isChanged: false });
      }, undefined),
    close: () => {
      setDraft(null);
      setTrouble(null);
    },
    set: (cues) => draft && setDraft({ ...draft, cues, isChanged: true }),
    save: (over = false) =>
      busily(async () => {
        if (!draft) return false;
        const { language } = draft;
        const changedAt = over ? ((await latest(language))?.changedAt ?? null) : draft.changedAt;
        const cues = draft.cues.map(({ fromMs, toMs, text }) => ({
          fromMs: Math.round(fromMs),
          toMs: Math.round(toMs),
          text: text.trim(),
        }));
        const track = await api(recordingRoutes.setCaptions, { params: { id, language }, body: { cues, changedAt } });
        client.setQueryData(captionsKey(id, language), track);
        await client.invalidateQueries({ queryKey: ['recording', id, 'page'] });
        // What was written meanwhile is still to be saved.
        setDraft((now) => now && { ...now, changedAt: track.changedAt, isChanged: now.cues !== draft.cues });
        return true;
      }, false),
  };
}

function nothingYet(error: unknown): CaptionTrack | null {
  if (error instanceof ApiError && error.code === 'not-found') return null;
  throw error;
}
