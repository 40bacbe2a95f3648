// What was found in chapters, chat, captions and own notes, in order of time.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import { type TextKey, useText } from '../../../i18n/index.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { BookmarkIcon, CaptionsIcon, ChatIcon, type Icon, SearchIcon } from '../../../ui/icons.ts';
import { iconOf, titleOf } from './chapter-title.ts';
import { type Match, matchesIn, piecesOf, wordsOf } from './find.ts';
import { Moment } from './Moment.tsx';
import type { PanelProps } from './panel.ts';
import { captionsQuery } from './useCaptions.ts';

const mostShown = 100;

type Entry = {
  readonly key: string;
  readonly atMs: number;
  readonly icon: Icon;
  readonly kind: TextKey;
  readonly name?: string;
  readonly text: string;
};
type Hit = Entry & { readonly matches: readonly Match[] };

export function SearchResults({
  study,
  id,
  search,
  onGo,
}: Omit<PanelProps, 'positionMs'> & { readonly id: RecordingId; readonly search: string }) {
  const { t } = useText();
  const { time } = study;
  const entries = useEntries(study, id);
  const words = useMemo(() => wordsOf(search), [search]);
  const hits = useMemo(() => entries.flatMap((entry) => hitOf(entry, words) ?? []), [entries, words]);
  return (
    <div className="study-scroll">
      <p className="study-found" role="status">
        {t('recording.panel.search.found', { n: hits.length })}
      </p>
      {hits.length === 0 ? (
        <EmptyState icon={SearchIcon} level={2} title={t('recording.panel.search.empty.title')}>
          {t('recording.panel.search.empty.text')}
        </EmptyState>
      ) : (
        <ol className="study-list" aria-label={t('recording.panel.search.results')}>
          {hits.slice(0, mostShown).map(({ key, atMs, icon, kind, name, text, matches }) => (
            <li key={key}>
              <Moment atMs={time.toWatching(atMs)} onGo={onGo} icon={icon} kind={t(kind)}>
                {name === undefined ? null : <span className="study-hit-name">{name}</span>}
                <Marked text={text} matches={matches} />
              </Moment>
            </li>
          ))}
        </ol>
      )}
      {hits.length > mostShown ? <p className="study-found">{t('recording.panel.search.more')}</p> : null}
    </div>
  );
}

function Marked({ text, matches }: Pick<Hit, 'text' | 'matches'>) {
  return (
    <span className="study-hit">
      {piecesOf(text, matches).map((piece, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are made anew together
        piece.isMatch ? <mark key={index}>{piece.text}</mark> : piece.text,
      )}
    </span>
  );
}

function hitOf(entry: Entry, words: readonly string[]): Hit | null {
  const matches = matchesIn(entry.text, words);
  if (matches) return { ...entry, matches };
  // Whoever looks for a person finds what that person wrote.
  return entry.name !== undefined && matchesIn(`${entry.name} ${entry.text}`, words) ? { ...entry, matches: [] } : null;
}

function useEntries({ timeline, notes, captions: { languages, shown } }: PanelProps['study'], id: RecordingId): readonly Entry[] {
  const { t, language: spoken } = useText();
  // In one language, or each sentence would be found several times.
  const language = shown ?? languages.find((one) => one === spoken) ?? languages[0];
  const { data: track } = useQuery({ ...captionsQuery(id, language ?? 'en'), enabled: language !== undefined });
  const cues = track?.cues;
  const list = notes?.list;
  return useMemo(() => {
    const entries: Entry[] = [
      ...(timeline?.chapters ?? []).map(
        (chapter): Entry => ({
          ...{ key: `chapter ${chapter.kind} ${chapter.atMs}`, atMs: chapter.atMs, icon: iconOf(chapter) },
          ...{ kind: 'recording.panel.search.chapter', text: titleOf(chapter, t) },
        }),
      ),
      ...(timeline?.chat ?? []).map(
        ({ id: message, atMs, name, text }): Entry => ({
          ...{ key: `chat ${message}`, atMs, icon: ChatIcon, kind: 'recording.panel.search.message', name, text },
        }),
      ),
      ...(cues ?? []).map(
        ({ fromMs, text }): Entry => ({
          ...{ key: `cue ${fromMs} ${text}`, atMs: fromMs, icon: CaptionsIcon, kind: 'recording.panel.search.caption', text },
        }),
      ),
      ...(list ?? []).map(
        ({ id: note, atMs, text }): Entry => ({
          ...{ key: `note ${note}`, atMs, icon: BookmarkIcon, kind: 'recording.panel.search.note', text },
        }),
      ),
    ];
    return entries.toSorted((a, b) => a.atMs - b.atMs);
  }, [timeline, cues, list, t]);
}
