// The pictures of the moment in the layout that the viewer chose. They change places by style alone, so that no video is moved in the page.
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import type { TrackId } from '../../../server/contract/ids.ts';
import { useText } from '../../i18n/index.ts';
import type { PlayerState } from '../../player/state.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MicrophoneIcon, UnpinIcon } from '../../ui/icons.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import type { RecordedPerson } from './people.ts';
import { type Layout, planStage } from './stage-plan.ts';
import { Tile } from './Tile.tsx';
import { Watermark } from './Watermark.tsx';

export type StageProps = {
  readonly state: PlayerState;
  readonly people: readonly RecordedPerson[];
  readonly layout: Layout;
  readonly mostBeside: number;
  /** There are moments with more than one picture: room is kept for them, so that nothing jumps. */
  readonly isWide: boolean;
  readonly pinned: TrackId | null;
  readonly onPin: (trackId: TrackId | null) => void;
  readonly watermark: string | null;
  readonly onPress: () => void;
  /** The large picture, for what browsers do with a single video. */
  readonly onLarge: (element: HTMLMediaElement | null) => void;
  /** Laid over the pictures: captions. */
  readonly children?: ReactNode;
};

export function Stage(props: StageProps) {
  const { t } = useText();
  const { state, people, layout, mostBeside, isWide, pinned, onPin, watermark, onPress, onLarge, children } = props;
  const { pictures, speaker, microphones, moreCameras } = state;
  const { large, beside, hidden } = planStage(pictures, { layout, speaker, pinned, mostBeside });
  const isBeside = new Set(beside);
  const variables: CSSProperties & Record<`--${string}`, number> = { '--beside': beside.length };
  const first = large[0];
  const element = first?.element ?? null;
  useEffect(() => onLarge(element), [element, onLarge]);
  const stage = useRef<HTMLDivElement>(null);
  const isMarked = watermark !== null;
  useEffect(() => {
    const { current } = stage;
    if (!isMarked || !current) return undefined;
    // Its menu saves a picture without the mark.
    const prevent = (event: Event) => event.preventDefault();
    current.addEventListener('contextmenu', prevent);
    return () => current.removeEventListener('contextmenu', prevent);
  }, [isMarked]);
  const more = hidden + moreCameras;
  return (
    <div
      className={cx(
        'recording-stage',
        isWide && layout !== 'side' && 'recording-stage-wide',
        beside.length > 0 && 'recording-stage-two',
        large.length > 1 && 'recording-stage-side',
      )}
      style={variables}
      data-theme="dark"
      ref={stage}
    >
      {first === undefined ? <SoundOnly state={state} people={people} onPress={onPress} /> : null}
      {pictures.map((picture) => (
        <Tile
          key={picture.trackId}
          picture={picture}
          place={large.includes(picture) ? 'large' : isBeside.has(picture) ? 'beside' : 'hidden'}
          isSpeaking={picture.source === 'camera' && picture.participantId === speaker && microphones.includes(speaker)}
          onPress={large.includes(picture) ? onPress : () => onPin(picture.trackId)}
        />
      ))}
      {pinned !== null && large.some(({ trackId }) => trackId === pinned) ? (
        <IconButton className="recording-unpin" icon={UnpinIcon} label={t('recording.automatic')} onPress={() => onPin(null)} />
      ) : null}
      {more > 0 && layout !== 'sound' && state.saver === 'all' && mostBeside > 0 ? (
        <p className="recording-more">{t('recording.morePictures', { n: more })}</p>
      ) : null}
      {children}
      {watermark === null ? null : <Watermark name={watermark} />}
      {state.status === 'waiting' ? (
        <span className="recording-waiting">
          <Spinner size="large" label={t('recording.waiting')} />
        </span>
      ) : null}
    </div>
  );
}

function SoundOnly({ state, people, onPress }: Pick<StageProps, 'state' | 'people' | 'onPress'>) {
  const { t } = useText();
  const speaker = people.find(({ participantId }) => participantId === state.speaker && state.microphones.includes(participantId));
  return (
    <div className="recording-tile recording-tile-large recording-sound-only">
      {speaker ? <Avatar name={speaker.name} size="large" /> : <MicrophoneIcon />}
      <p>{speaker ? speaker.name : state.microphones.length > 0 ? t('recording.soundOnly') : t('recording.nothingNow')}</p>
      <div className="recording-tile-button" aria-hidden="true" onClick={onPress} />
    </div>
  );
}
