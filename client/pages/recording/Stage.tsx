// The pictures of the moment: one large, the others beside it. They change places by style alone, so that no video is moved in the page.
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../../i18n/index.ts';
import type { Picture, PlayerState } from '../../player/state.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MicrophoneIcon, ShareScreenIcon, UnpinIcon } from '../../ui/icons.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import type { RecordedPerson } from './people.ts';
import { planStage } from './stage-plan.ts';

/** What fits beside the large picture. */
const mostBeside = 3;

export type StageProps = {
  readonly state: PlayerState;
  readonly people: readonly RecordedPerson[];
  /** There are moments with more than one picture: room is kept for them, so that nothing jumps. */
  readonly isWide: boolean;
  readonly onPress: () => void;
};

export function Stage({ state, people, isWide, onPress }: StageProps) {
  const { t } = useText();
  const [chosen, setChosen] = useState<Picture['trackId'] | null>(null);
  const { pictures, speaker, microphones } = state;
  const { large, beside, hidden } = planStage(pictures, speaker, chosen, mostBeside);
  const isBeside = new Set(beside);
  const variables: CSSProperties & Record<`--${string}`, number> = { '--beside': beside.length };
  return (
    <div
      className={cx('recording-stage', isWide && 'recording-stage-wide', beside.length > 0 && 'recording-stage-two')}
      style={variables}
      data-theme="dark"
    >
      {large === null ? <SoundOnly state={state} people={people} /> : null}
      {pictures.map((picture) => (
        <Tile
          key={picture.trackId}
          picture={picture}
          place={picture === large ? 'large' : isBeside.has(picture) ? 'beside' : 'hidden'}
          isSpeaking={picture.source === 'camera' && picture.participantId === speaker && microphones.includes(speaker)}
          onPress={picture === large ? onPress : () => setChosen(picture.trackId)}
        />
      ))}
      {large !== null && large.trackId === chosen ? (
        <IconButton className="recording-unpin" icon={UnpinIcon} label={t('recording.automatic')} onPress={() => setChosen(null)} />
      ) : null}
      {hidden > 0 ? <p className="recording-more">{t('recording.morePictures', { n: hidden })}</p> : null}
      {state.status === 'waiting' ? (
        <span className="recording-waiting">
          <Spinner size="large" label={t('recording.waiting')} />
        </span>
      ) : null}
    </div>
  );
}

type TileProps = {
  readonly picture: Picture;
  readonly place: 'large' | 'beside' | 'hidden';
  readonly isSpeaking: boolean;
  readonly onPress: () => void;
};

function Tile({ picture, place, isSpeaking, onPress }: TileProps) {
  const { t } = useText();
  const { element, participantId, source, name, isReady, isUnplayable } = picture;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.replaceChildren(element);
  }, [element]);
  const title = source === 'screen' ? t('recording.screenOf', { name }) : name;
  return (
    <div
      className={cx('recording-tile', `recording-tile-${place}`, isSpeaking && 'recording-tile-speaking')}
      data-participant={participantId}
      data-source={source}
    >
      {isReady || isUnplayable ? null : (
        <span className="recording-tile-avatar">
          <Avatar name={name} size={place === 'large' ? 'large' : 'normal'} />
        </span>
      )}
      <div ref={frame} className={cx('recording-frame', `recording-frame-${source}`, !isReady && 'recording-frame-unready')} />
      {isUnplayable ? <p className="recording-tile-note">{t('recording.unplayable.picture')}</p> : null}
      <span className="recording-tile-name">
        {source === 'screen' ? <ShareScreenIcon /> : isSpeaking ? <MicrophoneIcon /> : null}
        <span>{title}</span>
        {isSpeaking ? <span className="visually-hidden">{t('recording.speaking')}</span> : null}
      </span>
      {place === 'beside' ? (
        <Button className="recording-tile-button" aria-label={t('recording.makeLarge', { name: title })} onPress={onPress} />
      ) : null}
      {/* The large picture is pressed with the mouse only: keyboards have the button and the keys. */}
      {place === 'large' ? <div className="recording-tile-button" aria-hidden="true" onClick={onPress} /> : null}
    </div>
  );
}

function SoundOnly({ state, people }: Pick<StageProps, 'state' | 'people'>) {
  const { t } = useText();
  const speaker = people.find(({ participantId }) => participantId === state.speaker && state.microphones.includes(participantId));
  return (
    <div className="recording-tile recording-tile-large recording-sound-only">
      {speaker ? <Avatar name={speaker.name} size="large" /> : <MicrophoneIcon />}
      <p>{speaker ? speaker.name : state.microphones.length > 0 ? t('recording.soundOnly') : t('recording.nothingNow')}</p>
    </div>
  );
}
