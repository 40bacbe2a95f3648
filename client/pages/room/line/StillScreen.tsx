// A screen that the line carries only as still pictures: the last one, or a word that it is coming.
import type { ParticipantView } from '../../../../server/contract/room.ts';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { useClassroom, useSelected } from '../classroom.ts';

export function StillScreen({ person, name }: { readonly person: ParticipantView; readonly name: string }) {
  const { t } = useText();
  const { engine } = useClassroom();
  const isStill = useRoom(({ ladder: { step } }) => step === 'stills' || step === 'floor');
  const trackId = person.tracks.find(({ source }) => source === 'screen')?.id;
  const still = useSelected(engine.line.stills, (stills) => (trackId ? stills.get(trackId) : undefined));
  if (!isStill && !still) return null;
  return (
    <>
      {still ? (
        <img
          className="picture picture-contain picture-shown"
          src={still.url}
          width={still.width}
          height={still.height}
          alt={t('room.ladder.still.of', { name })}
        />
      ) : null}
      <span className="tile-still">{t(still ? 'room.ladder.still' : 'room.ladder.still.coming')}</span>
    </>
  );
}
