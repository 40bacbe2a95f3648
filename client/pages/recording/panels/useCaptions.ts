// Which captions are shown, and their cues; the choice holds for this browser.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import { CaptionLanguage } from '../../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import { api } from '../../../app/api.ts';
import { readStored, useText, writeStored } from '../../../i18n/index.ts';
import type { Captions } from './study.ts';

const storageKey = 'auditoria.captions';

export const captionsKey = (id: RecordingId, language: CaptionLanguage | null) => ['recording', id, 'captions', language];

export function captionsQuery(id: RecordingId, language: CaptionLanguage) {
  return {
    queryKey: captionsKey(id, language),
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => api(recordingRoutes.captions, { params: { id, language }, signal }),
    staleTime: 60_000,
  };
}

export function useCaptions(id: RecordingId, languages: readonly CaptionLanguage[]): Captions {
  const { language: spoken } = useText();
  const [wanted, setWanted] = useState(() => CaptionLanguage.safeParse(readStored(storageKey)).data ?? null);
  const shown = wanted !== null && languages.includes(wanted) ? wanted : null;
  const { data: track } = useQuery({ ...captionsQuery(id, shown ?? 'en'), enabled: shown !== null });
  const choose = (language: CaptionLanguage | null) => {
    writeStored(storageKey, language ?? undefined);
    setWanted(language);
  };
  const first = languages.find((language) => language === spoken) ?? languages[0] ?? null;
  return { languages, shown, choose, toggle: () => choose(shown === null ? first : null), track: shown === null ? undefined : track };
}
