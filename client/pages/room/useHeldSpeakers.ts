// Who speaks, with a hold, so that the stage does not jump at every pause for breath.
import { useEffect, useState } from 'react';
import type { ParticipantId } from '../../../server/contract/ids.ts';
import { sameItems, useRoom } from '../../session/useSession.ts';
import { type HeldSpeaker, holdSpeakers, speakerHeldMs } from './stage.ts';

export function useHeldSpeakers(): readonly ParticipantId[] {
  const speaking = useRoom((room) => room.speakers);
  const [held, setHeld] = useState<readonly HeldSpeaker[]>([]);
  const [ids, setIds] = useState<readonly ParticipantId[]>([]);

  useEffect(() => {
    setHeld((before) => holdSpeakers(before, speaking, Date.now()));
    const timer = setTimeout(() => setHeld((before) => holdSpeakers(before, speaking, Date.now())), speakerHeldMs + 50);
    return () => clearTimeout(timer);
  }, [speaking]);

  useEffect(() => {
    const next = held.map((speaker) => speaker.id);
    setIds((before) => (sameItems(before, next) ? before : next));
  }, [held]);
  return ids;
}
