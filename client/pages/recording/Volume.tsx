// How loud it is.
import type { CSSProperties } from 'react';
import { useText } from '../../i18n/index.ts';
import type { Player } from '../../player/player.ts';
import type { PlayerState } from '../../player/state.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { SoundIcon, SoundOffIcon } from '../../ui/icons.ts';

export type VolumeProps = { readonly player: Player; readonly state: Pick<PlayerState, 'volume' | 'isMuted'> };

export function Volume({ player, state: { volume, isMuted } }: VolumeProps) {
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
