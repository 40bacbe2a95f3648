// Raised hands in the order in which they went up; who leads gives the floor or lowers them.
import type { ParticipantView } from '../../../server/contract/room.ts';
import { useText } from '../../i18n/index.ts';
import { useAct } from '../../pages/room/classroom.ts';
import type { RoomState } from '../../session/state.ts';
import { sameItems, useRoom } from '../../session/useSession.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HandIcon } from '../../ui/icons.ts';
import './hands.css';

export function raisedHands(room: RoomState): readonly ParticipantView[] {
  return [...room.participants.values()]
    .filter((person) => person.handRaisedAt !== null)
    .sort((one, other) => (one.handRaisedAt ?? 0) - (other.handRaisedAt ?? 0));
}

export function HandsPanel() {
  const { t } = useText();
  const act = useAct();
  const hands = useRoom(raisedHands, sameItems);
  const mayLower = useRoom((room) => room.self.actions.has('lower-hand'));
  if (hands.length === 0) {
    return (
      <EmptyState icon={HandIcon} level={3} title={t('room.hands.empty.title')}>
        {t(mayLower ? 'room.hands.empty.textTeacher' : 'room.hands.empty.text')}
      </EmptyState>
    );
  }
  return (
    <div className="hands">
      <ol className="hands-list">
        {hands.map((person) => (
          <Hand key={person.id} person={person} mayLower={mayLower} />
        ))}
      </ol>
      {mayLower && hands.length > 1 ? (
        <Button icon={HandIcon} onPress={() => void act('room:lower-hand', { all: true })}>
          {t('room.lowerAll')}
        </Button>
      ) : null}
    </div>
  );
}

function Hand({ person, mayLower }: { readonly person: ParticipantView; readonly mayLower: boolean }) {
  const { t, time } = useText();
  const act = useAct();
  const isSelf = useRoom((room) => room.self.participantId === person.id);
  const target = { participantId: person.id };
  return (
    <li className="hand">
      <Avatar name={person.name} />
      <div className="hand-who">
        <p className="hand-name">{isSelf ? t('app.you') : person.name}</p>
        {person.handRaisedAt === null ? null : (
          <p className="hand-since tabular">{t('room.hands.since', { time: time(person.handRaisedAt) })}</p>
        )}
      </div>
      {mayLower && !isSelf ? (
        <div className="hand-actions">
          <Button
            size="small"
            kind="primary"
            aria-label={t('room.hands.giveFloorName', { name: person.name })}
            onPress={() => void act('room:give-floor', target)}
          >
            {t('room.hands.giveFloor')}
          </Button>
          <Button
            size="small"
            aria-label={t('room.hands.lowerName', { name: person.name })}
            onPress={() => void act('room:lower-hand', target)}
          >
            {t('room.hands.lower')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
