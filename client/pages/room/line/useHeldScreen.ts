// The moving picture of a screen as it stood when the line could carry it no longer: it stays until a still picture is there.
import type { ParticipantId } from '../../../../server/contract/ids.ts';
import { pictureKey } from '../../../media/receive.ts';
import { useRoom } from '../../../session/useSession.ts';
import { useClassroom, useSelected } from '../classroom.ts';

export function useHeldScreen(participantId: ParticipantId, isWanted: boolean): MediaStream | null {
  const { engine } = useClassroom();
  const isStill = useRoom(({ ladder: { step } }) => step === 'stills' || step === 'floor');
  return useSelected(engine.pictures, (pictures) =>
    isWanted && isStill ? (pictures.get(pictureKey(participantId, 'screen'))?.stream ?? null) : null,
  );
}
