// A screen that the line carries only as still pictures: the last one, or until it is there, the moving picture as it stood.
import type { ParticipantView } from '../../../../server/contract/room.ts';
import { useText } from '../../../i18n/index.ts';
import { pictureKey } from '../../../media/receive.ts';
import { useRoom } from '../../../session/useSession.ts';
import { cx } from '../../../ui/cx.ts';
import { useClassroom, useSelected } from '../classroom.ts';
import { Picture } from '../Picture.tsx';

export function StillScreen({ person, name }: { readonly person: ParticipantView; readonly name: string }) {
  const { t } = useText();
  const { engine } = useClassroom();
  const isStill = useRoom(({ ladder: { step } }) => step === 'stills' || step === 'floor');
  const trackId = person.tracks.find(({ source }) => source === 'screen')?.id;
  const still = useSelected(engine.line.stills, (stills) => (trackId ? stills.get(trackId) : undefined));
  const before = useSelected(engine.pictures, (pictures) => pictures.get(pictureKey(person.id, 'screen'))?.stream);
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
      ) : before ? (
        <div className="tile-held">
          <Picture stream={before} fit="contain" />
        </div>
      ) : null}
      <span className={cx('tile-still', !still && 'tile-still-coming')}>{t(still ? 'room.ladder.still' : 'room.ladder.still.coming')}</span>
    </>
  );
}
