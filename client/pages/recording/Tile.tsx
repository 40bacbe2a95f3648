// One picture of the stage, with whose it is.
import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { type TextKey, useText } from '../../i18n/index.ts';
import type { Picture } from '../../player/state.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { MicrophoneIcon, ShareScreenIcon } from '../../ui/icons.ts';

export type TileProps = {
  readonly picture: Picture;
  readonly place: 'large' | 'beside' | 'hidden';
  readonly isSpeaking: boolean;
  readonly onPress: () => void;
};

const notes = {
  unplayable: 'recording.unplayable.picture',
  missing: 'recording.lack.here',
  undecodable: 'recording.lack.here',
  unheard: 'recording.lack.here',
} as const satisfies Record<NonNullable<Picture['missing']>, TextKey>;

export function Tile({ picture, place, isSpeaking, onPress }: TileProps) {
  const { t } = useText();
  const { element, participantId, source, name, isReady, missing } = picture;
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
      {isReady || missing !== null ? null : (
        <span className="recording-tile-avatar">
          <Avatar name={name} size={place === 'large' ? 'large' : 'normal'} />
        </span>
      )}
      <div ref={frame} className={cx('recording-frame', `recording-frame-${source}`, !isReady && 'recording-frame-unready')} />
      {missing === null ? null : <p className="recording-tile-note">{t(notes[missing])}</p>}
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
