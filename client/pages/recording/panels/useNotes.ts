// One's own notes of a recording, as panels show them; sent again whenever there is a line.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type RecordingId, RecordingNoteId } from '../../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import { api, errorCode } from '../../../app/api.ts';
import { useSession } from '../../../app/session.tsx';
import { readStored, writeStored } from '../../../i18n/index.ts';
import { type NoteAct, NoteBook, type OwnNote, type Sent } from './note-book.ts';

const againMs = 20_000;

export type Notes = {
  /** Undefined while they come. */
  readonly list: readonly OwnNote[] | undefined;
  /** They could not be fetched. */
  readonly isFailed: boolean;
  /** At a moment of class time; a bookmark has no text. */
  readonly add: (atMs: number, text: string) => void;
  readonly change: (id: string, text: string) => void;
  readonly remove: (id: string) => void;
};

/** Null for those who may keep none. */
export function useNotes(id: RecordingId, mayNote: boolean): Notes | null {
  const personId = useSession().person?.id;
  const isOn = mayNote && personId !== undefined;
  const book = useMemo(() => bookOf(id, personId ?? ''), [id, personId]);
  const { data, isError } = useQuery({
    queryKey: ['recording', id, 'notes', personId],
    queryFn: async ({ signal }) => (await api(recordingRoutes.recordingNotes, { params: { id }, signal })).notes,
    enabled: isOn,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const list = useSyncExternalStore(book.subscribe, book.list);
  useEffect(() => {
    if (data) book.learn(data);
  }, [book, data]);
  useEffect(() => {
    if (!isOn) return undefined;
    const flush = () => void book.flush();
    flush();
    const timer = setInterval(flush, againMs);
    addEventListener('online', flush);
    return () => {
      clearInterval(timer);
      removeEventListener('online', flush);
    };
  }, [book, isOn]);
  return useMemo(
    () =>
      isOn
        ? {
            ...{ list, isFailed: isError },
            add: (atMs, text) => book.add(atMs, text),
            change: (noteId, text) => book.change(noteId, text),
            remove: (noteId) => book.remove(noteId),
          }
        : null,
    [isOn, list, isError, book],
  );
}

function bookOf(id: RecordingId, personId: string): NoteBook {
  const key = `notes ${personId} ${id}`;
  return new NoteBook({
    send: (act) => send(id, act),
    stored: { read: () => readStored(key), write: (value) => writeStored(key, value) },
    newId: () => crypto.randomUUID(),
  });
}

async function send(id: RecordingId, act: NoteAct): Promise<Sent> {
  try {
    if (act.act === 'add') {
      const { clientId, atMs, text } = act;
      return await api(recordingRoutes.addNote, { params: { id }, body: { clientId, atMs, text } });
    }
    const params = { id, noteId: RecordingNoteId.parse(act.id) };
    if (act.act === 'change') return await api(recordingRoutes.changeNote, { params, body: { text: act.text } });
    await api(recordingRoutes.removeNote, { params });
    return 'done';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'not-found') return act.act === 'add' ? 'refused' : 'gone';
    return code === 'bad-request' || code === 'too-large' || code === 'not-allowed' ? 'refused' : 'later';
  }
}
