// What stands beside the player: search, and in tabs the chapters, the chat, one's own notes, and captions.
import { useCallback, useEffect, useRef, useState } from 'react';
import { clock, useText } from '../../../i18n/index.ts';
import { announce } from '../../../ui/live.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { Tabs, type TabView } from '../../../ui/Tabs.tsx';
import { CaptionsPanel } from './CaptionsPanel.tsx';
import { ChaptersPanel } from './ChaptersPanel.tsx';
import { ChatPanel } from './ChatPanel.tsx';
import { wordsOf } from './find.ts';
import { type NoteInHand, NotesPanel } from './NotesPanel.tsx';
import type { PanelProps } from './panel.ts';
import { SearchResults } from './SearchResults.tsx';
import type { StudyPanelsProps } from './study.ts';
import { useStudyKeys } from './useStudyKeys.ts';
import './panels.css';

type View = 'chapters' | 'chat' | 'notes' | 'captions';

export function StudyPanels({ study, player, state, page }: StudyPanelsProps) {
  const { t } = useText();
  const { timeline, notes, time, draft, captions } = study;
  const [view, setView] = useState<View>('chapters');
  const [search, setSearch] = useState('');
  const [inHand, setInHand] = useState<NoteInHand>({ atMs: null, text: '' });
  const noteField = useRef<HTMLTextAreaElement>(null);
  const wantsField = useRef(false);

  const moment = useCallback(() => Math.round(time.toClass(player.state().positionMs)), [time, player]);
  const bookmark = useCallback(() => {
    if (!notes) return;
    const atMs = moment();
    notes.add(atMs, '');
    announce(t('recording.panel.notes.bookmarked', { time: clock(time.toWatching(atMs)) }));
  }, [notes, moment, t, time]);
  const note = useCallback(() => {
    if (!notes) return;
    setSearch('');
    setView('notes');
    setInHand((now) => (now.text === '' ? { atMs: moment(), text: '' } : now));
    wantsField.current = true;
  }, [notes, moment]);
  useStudyKeys({ note, bookmark });
  // The field is there once its tab has been drawn.
  useEffect(() => {
    if (!wantsField.current || !noteField.current) return;
    wantsField.current = false;
    noteField.current.focus();
  });

  const panel: PanelProps = { study, positionMs: state.positionMs, onGo: (atMs) => player.seek(atMs) };
  const views: TabView<View>[] = [
    { id: 'chapters', title: t('recording.panel.chapters'), content: <ChaptersPanel {...panel} /> },
    // Who sees no chat is not told that there was none.
    ...(page.may.note || (timeline?.chat.length ?? 0) > 0
      ? [{ id: 'chat' as const, title: t('recording.panel.chat'), content: <ChatPanel {...panel} /> }]
      : []),
    ...(notes
      ? [
          {
            ...{ id: 'notes' as const, title: t('recording.panel.notes') },
            content: <NotesPanel {...panel} {...{ notes, inHand, onInHand: setInHand, onBookmark: bookmark, fieldRef: noteField }} />,
          },
        ]
      : []),
    ...(draft || captions.languages.length > 0
      ? [
          {
            id: 'captions' as const,
            title: t('recording.panel.captions'),
            content: <CaptionsPanel {...panel} player={player} id={page.id} />,
          },
        ]
      : []),
  ];
  const isSearching = wordsOf(search).length > 0;
  return (
    <section className="study" aria-label={t('recording.panel.label')}>
      <SearchField label={t('recording.panel.search')} value={search} onChange={setSearch} className="study-search" />
      {isSearching ? <SearchResults {...panel} id={page.id} search={search} /> : null}
      <div className="study-tabs" hidden={isSearching}>
        <Tabs
          fill
          label={t('recording.panel.label')}
          views={views}
          selected={views.some(({ id }) => id === view) ? view : 'chapters'}
          onSelect={setView}
        />
      </div>
    </section>
  );
}
