// The field to write a message: Enter sends, Shift+Enter begins a new line.
import type { KeyboardEvent } from 'react';
import { Button as AriaButton, TextArea, TextField } from 'react-aria-components';
import { useText } from '../../i18n/index.ts';
import { useClassroom, useObservable } from '../../pages/room/classroom.ts';
import { useForbidden } from '../../pages/room/controls.ts';
import { LockIcon, SendIcon } from '../../ui/icons.ts';

const longest = 2_000;
/** The count appears when it begins to matter. */
const countFrom = 1_800;

export function Composer() {
  const { t, number } = useText();
  const { session, draft } = useClassroom();
  const forbidden = useForbidden('chat');
  const text = useObservable(draft);
  const ready = text.trim().length > 0 && text.length <= longest;

  const send = () => {
    if (!ready) return;
    session.post(text.trim());
    draft.set('');
  };
  const key = (event: KeyboardEvent) => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  if (forbidden) {
    return (
      <p className="chat-closed">
        <LockIcon />
        {forbidden.sentence}
      </p>
    );
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        className="composer-field"
        aria-label={t('room.chat.message')}
        value={text}
        onChange={(next) => draft.set(next)}
        maxLength={longest}
      >
        <TextArea
          className="composer-area"
          rows={Math.min(6, text.split('\n').length)}
          placeholder={t('room.chat.placeholder')}
          onKeyDown={key}
        />
      </TextField>
      <AriaButton type="submit" className="composer-send" isDisabled={!ready} aria-label={t('room.chat.send')}>
        <SendIcon />
      </AriaButton>
      {text.length >= countFrom ? (
        <p className="composer-count tabular" role="status">
          {t('room.chat.left', { left: number(longest - text.length) })}
        </p>
      ) : null}
    </form>
  );
}
