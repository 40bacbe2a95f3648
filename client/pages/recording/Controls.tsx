// The bar under the pictures.
import type { CSSProperties } from 'react';
import { Button } from 'react-aria-components';
import { clock, useText } from '../../i18n/index.ts';
import type { Player } from '../../player/player.ts';
import { type PlayerState, speeds } from '../../player/state.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import {
  BackwardIcon,
  ForwardIcon,
  MaximizeIcon,
  MinimizeIcon,
  PauseIcon,
  PlayIcon,
  SoundIcon,
  SoundOffIcon,
  SpeedIcon,
} from '../../ui/icons.ts';
import { Menu, MenuItem, MenuSection } from '../../ui/Menu.tsx';
import { SeekBar } from './SeekBar.tsx';

export type ControlsProps = {
  readonly player: Player;
  readonly state: PlayerState;
  readonly fullScreen: { readonly isOn: boolean; readonly isPossible: boolean; readonly toggle: () => void };
};

export function Controls({ player, state, fullScreen }: ControlsProps) {
  const { t } = useText();
  const { status, positionMs, lengthMs } = state;
  const isPlaying = status === 'playing' || status === 'waiting' || status === 'caught-up';
  return (
    <div className="recording-controls">
      <SeekBar positionMs={positionMs} lengthMs={lengthMs} onSeek={(ms) => player.seek(ms)} />
      <div className="recording-buttons">
        <IconButton
          icon={isPlaying ? PauseIcon : PlayIcon}
          label={isPlaying ? t('recording.pause') : t('recording.play')}
          shortcut="K"
          className="recording-play"
          onPress={() => player.toggle()}
        />
        <IconButton icon={BackwardIcon} label={t('recording.back10')} shortcut="J" onPress={() => player.seekBy(-10_000)} />
        <IconButton icon={ForwardIcon} label={t('recording.forward10')} shortcut="L" onPress={() => player.seekBy(10_000)} />
        <p className="recording-time tabular">
          <span>{clock(positionMs)}</span>
          <span className="recording-time-of"> / {clock(lengthMs)}</span>
        </p>
        <Volume player={player} state={state} />
        <SpeedMenu player={player} speed={state.speed} />
        {fullScreen.isPossible ? (
          <IconButton
            icon={fullScreen.isOn ? MinimizeIcon : MaximizeIcon}
            label={fullScreen.isOn ? t('recording.fullScreen.leave') : t('recording.fullScreen')}
            shortcut="F"
            onPress={fullScreen.toggle}
          />
        ) : null}
      </div>
    </div>
  );
}

function Volume({ player, state: { volume, isMuted } }: Pick<ControlsProps, 'player' | 'state'>) {
  const { t, number } = useText();
  const heard = isMuted ? 0 : volume;
  const variables: CSSProperties & Record<`--${string}`, number> = { '--played': heard };
  return (
    <div className="recording-volume">
      <IconButton
        icon={heard === 0 ? SoundOffIcon : SoundIcon}
        label={heard === 0 ? t('recording.unmute') : t('recording.mute')}
        shortcut="M"
        onPress={() => (volume === 0 ? player.setVolume(1) : player.setMuted(!isMuted))}
      />
      <input
        type="range"
        className="recording-volume-input"
        min={0}
        max={1}
        step={0.05}
        value={heard}
        style={variables}
        aria-label={t('recording.volume')}
        aria-valuetext={number(heard, { style: 'percent' })}
        onChange={(event) => player.setVolume(event.target.valueAsNumber)}
      />
    </div>
  );
}

function SpeedMenu({ player, speed }: { readonly player: Player; readonly speed: number }) {
  const { t, number } = useText();
  const name = (value: number) => t('recording.speedTimes', { speed: number(value) });
  return (
    <Menu
      aria-label={t('recording.speed')}
      placement="top end"
      button={
        <Button className="recording-speed" aria-label={t('recording.speedNow', { speed: number(speed) })}>
          <SpeedIcon />
          <span className="tabular">{name(speed)}</span>
        </Button>
      }
    >
      <MenuSection
        title={t('recording.speed')}
        selectionMode="single"
        selectedKeys={[String(speed)]}
        onSelectionChange={(keys) => {
          const chosen = speeds.find((one) => keys !== 'all' && keys.has(String(one)));
          if (chosen) player.setSpeed(chosen);
        }}
      >
        {speeds.map((one) => (
          <MenuItem key={one} id={String(one)} {...(one === 1 ? { note: t('recording.speedUsual') } : {})}>
            {name(one)}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
