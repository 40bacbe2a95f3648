// Tells screen readers what the eye sees: who came and went, hands, messages, recording, one's own microphone. Draws nothing.
import { useEffect } from 'react';
import type { ParticipantView } from '../../../server/contract/room.ts';
import { useText } from '../../i18n/index.ts';
import { type RoomState, roomOf } from '../../session/state.ts';
import { useRoomSession } from '../../session/useSession.ts';
import { announce } from '../../ui/live.ts';

/** Thirty people who come within the bell's minute are one sentence, not thirty. */
const gatherMs = 2_500;

export function Announcements() {
  const { t, reason } = useText();
  const session = useRoomSession();
  useEffect(() => {
    let before = roomOf(session.state);
    const come = new Set<string>();
    const gone = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gathered = () => {
      timer = undefined;
      if (come.size > 0) announce(said(t, 'room.announce.joined', 'room.announce.joinedMany', come));
      if (gone.size > 0) announce(said(t, 'room.announce.left', 'room.announce.leftMany', gone));
      come.clear();
      gone.clear();
    };
    const changed = () => {
      const room = roomOf(session.state);
      if (!room || !before || room === before) {
        before = room ?? before;
        return;
      }
      const was = before;
      before = room;
      for (const person of others(room)) {
        const known = was.participants.get(person.id);
        // Those of before are told after the picture: they have not just come.
        if (!known && was.isWhole) come.add(person.name);
        else if (known && person.handRaisedAt !== null && known.handRaisedAt === null)
          announce(t('room.announce.hand', { name: person.name }));
      }
      for (const person of others(was)) if (was.isWhole && !room.participants.has(person.id)) gone.add(person.name);
      if (come.size + gone.size > 0) timer ??= setTimeout(gathered, gatherMs);
      for (const message of room.chat.slice(-3)) {
        const isNew =
          was.isWhole &&
          message.participantId !== room.self.participantId &&
          !was.chat.some(({ id }) => id === message.id) &&
          message.at >= (was.chat.at(-1)?.at ?? 0);
        if (isNew) announce(t('room.announce.message', { name: message.name, text: message.text.slice(0, 200) }));
      }
      if (room.room.recording.state !== was.room.recording.state)
        announce(t(`room.announce.recording.${room.room.recording.state}`), 'assertive');
      if (room.mutedBy !== null && was.mutedBy === null) announce(reason('pause', 'muted'), 'assertive');
      if (room.room.supervised && !was.room.supervised) announce(t('room.announce.supervised'));
    };
    const unsubscribe = session.subscribe(changed);
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [session, t, reason]);
  return null;
}

function others(room: RoomState): readonly ParticipantView[] {
  return [...room.participants.values()].filter((person) => person.id !== room.self.participantId);
}

type Key = 'room.announce.joined' | 'room.announce.joinedMany' | 'room.announce.left' | 'room.announce.leftMany';

function said(t: ReturnType<typeof useText>['t'], one: Key, many: Key, names: ReadonlySet<string>): string {
  const [first = ''] = names;
  return names.size === 1 ? t(one, { name: first }) : t(many, { n: names.size });
}
