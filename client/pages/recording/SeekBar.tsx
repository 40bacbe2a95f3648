// Where one is in the recording, and the way to any other moment.
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { clock, useText } from '../../i18n/index.ts';

export type SeekBarProps = { readonly positionMs: number; readonly lengthMs: number; readonly onSeek: (ms: number) => void };

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -5000,
  ArrowDown: -5000,
  ArrowRight: 5000,
  ArrowUp: 5000,
  PageDown: -60_000,
  PageUp: 60_000,
};

export function SeekBar({ positionMs, lengthMs, onSeek }: SeekBarProps) {
  const { t } = useText();
  const [hoveredShare, setHoveredShare] = useState<number | null>(null);
  const share = lengthMs > 0 ? positionMs / lengthMs : 0;
  const variables: CSSProperties & Record<`--${string}`, number> = { '--played': share };
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step !== undefined) onSeek(positionMs + step);
    else if (event.key === 'Home') onSeek(0);
    else if (event.key === 'End') onSeek(lengthMs);
    else return;
    event.preventDefault();
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setHoveredShare(event.pointerType === 'touch' ? null : Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };
  return (
    <div className="seek-bar" style={variables} onPointerMove={onPointer} onPointerLeave={() => setHoveredShare(null)}>
      <input
        type="range"
        className="seek-bar-input"
        min={0}
        max={Math.max(1, Math.round(lengthMs))}
        step="any"
        value={Math.round(positionMs)}
        aria-label={t('recording.seek')}
        aria-valuetext={t('recording.seekAt', { at: clock(positionMs), of: clock(lengthMs) })}
        onChange={(event) => onSeek(event.target.valueAsNumber)}
        onKeyDown={onKey}
      />
      {hoveredShare === null ? null : (
        <span className="seek-bar-time" style={{ insetInlineStart: `${hoveredShare * 100}%` }} aria-hidden="true">
          {clock(hoveredShare * lengthMs)}
        </span>
      )}
    </div>
  );
}
