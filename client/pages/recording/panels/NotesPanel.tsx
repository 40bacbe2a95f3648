// One's own notes and bookmarks: written at the moment that is played, read by nobody else.
import { type KeyboardEvent, type Ref, useState } from 'react';
import { TextArea, TextField } from 'react-aria-components';
import { clock, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { BookmarkIcon, DeleteIcon, EditIcon, PenIcon } from '../../../ui/icons.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { TimeButton } from './Moment.tsx';
import type { OwnNote } from './note-book.ts';
import type { PanelProps } from './panel.ts';
import type { Notes } from './useNotes.ts';

const longest = 4000;

/** What is being written, and at which moment of class time it was begun; kept while other tabs are looked at. */
export type NoteInHand = { readonly atMs: number | null; readonly text: string };

export type NotesPanelProps = PanelProps & {
  readonly notes: Notes;
  readonly inHand: NoteInHand;
  readonly onInHand: (note: NoteInHand) => void;
  readonly onBookmark: () => void;
  readonly fieldRef: Ref<HTMLTextAreaElement>;
};

export function NotesPanel({ study: { time }, notes, positionMs, onGo, inHand, onInHand, onBookmark, fieldRef }: NotesPanelProps) {
  const { t } = useText();
  const atMs = inHand.atMs ?? time.toClass(positionMs);
  const write = (text: string) => onInHand({ atMs: text === '' ? null : atMs, text });
  const keep = () => {
    if (inHand.text.trim() === '') return;
    notes.add(atMs, inHand.text.trim());
    onInHand({ atMs: null, text: '' });
  };
  return (
    <div className="study-fill">
      <form
        className="study-composer"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <NoteField
          label={t('recording.panel.notes.at', { time: clock(time.toWatching(atMs)) })}
          {...{ text: inHand.text, onChange: write, onKeep: keep, fieldRef }}
        />
        <div className="study-composer-buttons">
          <Button size="small" icon={BookmarkIcon} onPress={onBookmark}>
            {t('recording.panel.notes.bookmark')}
          </Button>
          <Button size="small" kind="primary" type="submit" isDisabled={inHand.text.trim() === ''}>
            {t('recording.panel.notes.keep')}
          </Button>
        </div>
      </form>
      <div className="study-scroll">
        <NoteList notes={notes} toWatching={time.toWatching} onGo={onGo} />
      </div>
    </div>
  );
}

type ListProps = { readonly notes: Notes; readonly toWatching: (classMs: number) => number; readonly onGo: (atMs: number) => void };

function NoteList({ notes, toWatching, onGo }: ListProps) {
  const { t } = useText();
  const { list, isFailed } = notes;
  if (list === undefined) return isFailed ? <Banner tone="warn">{t('recording.panel.notes.failed')}</Banner> : <Skeleton height="8rem" />;
  if (list.length === 0) {
    return (
      <EmptyState icon={PenIcon} level={2} title={t('recording.panel.notes.empty.title')}>
        {t('recording.panel.notes.empty.text')}
      </EmptyState>
    );
  }
  return (
    <ul className="study-notes" aria-label={t('recording.panel.notes')}>
      {list.map((note) => (
        <Note key={note.id} {...{ note, notes, onGo }} atMs={toWatching(note.atMs)} />
      ))}
    </ul>
  );
}

type NoteProps = { readonly note: OwnNote; readonly notes: Notes; readonly atMs: number; readonly onGo: (atMs: number) => void };

function Note({ note: { id, text, state }, notes, atMs, onGo }: NoteProps) {
  const { t } = useText();
  const [edited, setEdited] = useState<string | null>(null);
  const time = clock(atMs);
  const keep = () => {
    if (edited === null) return;
    if (edited.trim() !== text) notes.change(id, edited.trim());
    setEdited(null);
  };
  return (
    <li className="study-note">
      <div className="study-note-head">
        <TimeButton atMs={atMs} onGo={onGo} />
        {text === '' ? (
          <span className="study-note-bookmark">
            <BookmarkIcon />
            {t('recording.panel.notes.aBookmark')}
          </span>
        ) : null}
        <span className="study-note-buttons">
          <IconButton icon={EditIcon} size="small" label={t('recording.panel.notes.edit', { time })} onPress={() => setEdited(text)} />
          <IconButton icon={DeleteIcon} size="small" label={t('recording.panel.notes.remove', { time })} onPress={() => notes.remove(id)} />
        </span>
      </div>
      {edited === null ? (
        text === '' ? null : (
          <p className="study-note-text">{text}</p>
        )
      ) : (
        <div className="study-composer">
          <NoteField
            label={t('recording.panel.notes.at', { time })}
            {...{ text: edited, onChange: setEdited, onKeep: keep, autoFocus: true }}
            onGiveUp={() => setEdited(null)}
          />
          <div className="study-composer-buttons">
            <Button size="small" onPress={() => setEdited(null)}>
              {t('app.cancel')}
            </Button>
            <Button size="small" kind="primary" onPress={keep}>
              {t('app.save')}
            </Button>
          </div>
        </div>
      )}
      {state === 'kept' ? null : (
        <p className="study-note-state" data-state={state}>
          {t(state === 'refused' ? 'recording.panel.notes.refused' : 'recording.panel.notes.unsent')}
        </p>
      )}
    </li>
  );
}

type FieldProps = {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onKeep: () => void;
  readonly onGiveUp?: () => void;
  readonly autoFocus?: boolean;
  readonly fieldRef?: Ref<HTMLTextAreaElement>;
};

function NoteField({ label, text, onChange, onKeep, onGiveUp, autoFocus = false, fieldRef }: FieldProps) {
  const { t } = useText();
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && onGiveUp) onGiveUp();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onKeep();
  };
  return (
    <TextField aria-label={label} value={text} onChange={onChange} maxLength={longest} autoFocus={autoFocus}>
      <TextArea
        ref={fieldRef ?? null}
        className="field-box study-area"
        rows={Math.min(6, text.split('\n').length)}
        placeholder={`${label} — ${t('recording.panel.notes.placeholder')}`}
        onKeyDown={key}
      />
    </TextField>
  );
}
