// The bar under the pictures.
import { clock, useText } from '../../i18n/index.ts';
import type { Player } from '../../player/player.ts';
import type { PlayerState } from '../../player/state.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import {
  BackwardIcon,
  CaptionsIcon,
  CaptionsOffIcon,
  ForwardIcon,
  KeyboardIcon,
  MaximizeIcon,
  MinimizeIcon,
  PauseIcon,
  PictureInPictureIcon,
  PlayIcon,
} from '../../ui/icons.ts';
import { SeekBar, type SeekBarProps } from './SeekBar.tsx';
import { SpeedMenu } from './SpeedMenu.tsx';
import { ViewMenu } from './ViewMenu.tsx';
import { Volume } from './Volume.tsx';
import type { Wishes } from './viewer-wishes.ts';

export type ControlsProps = Pick<SeekBarProps, 'chapters' | 'seen' | 'storyboard'> & {
  readonly player: Player;
  readonly state: PlayerState;
  readonly wishes: Wishes;
  readonly onWish: (wish: Partial<Wishes>) => void;
  readonly knowsSilence: boolean;
  readonly fullScreen: { readonly isOn: boolean; readonly toggle: () => void };
  /** Undefined where there is no such thing. */
  readonly pictureInPicture: (() => void) | undefined;
  readonly captions: { readonly isOn: boolean; readonly toggle: () => void } | undefined;
  readonly onHelp: () => void;
};

export function Controls(props: ControlsProps) {
  const { t } = useText();
  const { player, state, wishes, onWish, knowsSilence, fullScreen, pictureInPicture, captions, onHelp, ...bar } = props;
  const { positionMs, lengthMs, bufferedMs } = state;
  return (
    <div className="recording-controls">
      <SeekBar {...bar} positionMs={positionMs} lengthMs={lengthMs} bufferedMs={bufferedMs} onSeek={(ms) => player.seek(ms)} />
      <div className="recording-buttons">
        <PlayButtons player={player} state={state} />
        <p className="recording-time tabular">
          <span>{clock(positionMs)}</span>
          <span className="recording-time-of"> / {clock(lengthMs)}</span>
        </p>
        <Volume player={player} state={state} />
        {captions ? (
          <IconButton
            icon={captions.isOn ? CaptionsIcon : CaptionsOffIcon}
            label={t(captions.isOn ? 'recording.captions.hide' : 'recording.captions.show')}
            shortcut="C"
            onPress={captions.toggle}
          />
        ) : null}
        <SpeedMenu state={state} knowsSilence={knowsSilence} onWish={onWish} />
        <ViewMenu layout={wishes.layout} saver={wishes.saver} onWish={onWish} />
        {pictureInPicture ? (
          <IconButton
            className="recording-roomy"
            icon={PictureInPictureIcon}
            label={t('recording.pictureInPicture')}
            onPress={pictureInPicture}
          />
        ) : null}
        <IconButton className="recording-roomy" icon={KeyboardIcon} label={t('recording.keys')} shortcut="?" onPress={onHelp} />
        <IconButton
          icon={fullScreen.isOn ? MinimizeIcon : MaximizeIcon}
          label={fullScreen.isOn ? t('recording.fullScreen.leave') : t('recording.fullScreen')}
          shortcut="F"
          onPress={fullScreen.toggle}
        />
      </div>
    </div>
  );
}

/** What is left of the bar in a small window. */
export function SmallControls({ player, state }: Pick<ControlsProps, 'player' | 'state'>) {
  const { positionMs, lengthMs, bufferedMs } = state;
  return (
    <div className="recording-controls">
      <SeekBar {...{ positionMs, lengthMs, bufferedMs, chapters: [], seen: [], storyboard: null }} onSeek={(ms) => player.seek(ms)} />
      <div className="recording-buttons">
        <PlayButtons player={player} state={state} />
        <p className="recording-time tabular">{clock(positionMs)}</p>
      </div>
    </div>
  );
}

function PlayButtons({ player, state: { status } }: Pick<ControlsProps, 'player' | 'state'>) {
  const { t } = useText();
  const isPlaying = status === 'playing' || status === 'waiting' || status === 'caught-up';
  return (
    <>
      <IconButton
        icon={isPlaying ? PauseIcon : PlayIcon}
        label={isPlaying ? t('recording.pause') : t('recording.play')}
        shortcut="K"
        className="recording-play"
        onPress={() => player.toggle()}
      />
      <IconButton icon={BackwardIcon} label={t('recording.back10')} shortcut="J" onPress={() => player.seekBy(-10_000)} />
      <IconButton icon={ForwardIcon} label={t('recording.forward10')} shortcut="L" onPress={() => player.seekBy(10_000)} />
    </>
  );
}
