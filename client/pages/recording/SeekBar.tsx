// Where one is in the recording, what is there and what one has seen, and the way to any other moment.
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Span } from '../../../server/contract/watching-time.ts';
import { useText } from '../../i18n/index.ts';
import { SeekPreview, type SeekPreviewProps } from './SeekPreview.tsx';
import { spokenPlace } from './spoken.ts';

export type SeekChapter = { readonly atMs: number; readonly name: string };

/** All times are of watching. */
export type SeekBarProps = {
  readonly positionMs: number;
  readonly lengthMs: number;
  readonly bufferedMs: number;
  readonly chapters: readonly SeekChapter[];
  /** What this person has watched already. */
  readonly seen: readonly Span[];
  readonly storyboard: SeekPreviewProps['storyboard'];
  readonly onSeek: (ms: number) => void;
};

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -5000,
  ArrowDown: -5000,
  ArrowRight: 5000,
  ArrowUp: 5000,
  PageDown: -60_000,
  PageUp: 60_000,
};

type Pointed = { readonly share: number; readonly isDragged: boolean } | null;

export function SeekBar({ positionMs, lengthMs, bufferedMs, chapters, seen, storyboard, onSeek }: SeekBarProps) {
  const texts = useText();
  const bar = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed>(null);
  const [isByKeys, setIsByKeys] = useState(false);
  const share = (ms: number) => (lengthMs > 0 ? Math.min(1, Math.max(0, ms / lengthMs)) : 0);
  const shownMs = pointed?.isDragged ? pointed.share * lengthMs : positionMs;
  const variables: CSSProperties & Record<`--${string}`, number> = { '--played': share(shownMs), '--buffered': share(bufferedMs) };
  const chapterAt = (ms: number) => chapters.findLast(({ atMs }) => atMs <= ms)?.name;
  const ticks = [...new Set(chapters.map(({ atMs }) => atMs))].filter((atMs) => atMs > 0);
  const previewMs = pointed !== null ? pointed.share * lengthMs : isByKeys ? positionMs : null;
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    setIsByKeys(true);
    if (step !== undefined) onSeek(positionMs + step);
    else if (event.key === 'Home') onSeek(0);
    else if (event.key === 'End') onSeek(lengthMs);
    else return;
    event.preventDefault();
  };
  const point = (event: PointerEvent<HTMLElement>, isDragged: boolean) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed({ share: Math.min(1, Math.max(0, (event.clientX - left) / width)), isDragged });
  };
  return (
    <div
      ref={bar}
      className="seek-bar"
      style={variables}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsByKeys(false);
        point(event, true);
      }}
      onPointerMove={(event) => point(event, pointed?.isDragged ?? false)}
      onPointerUp={(event) => {
        if (pointed?.isDragged) onSeek(pointed.share * lengthMs);
        setPointed(event.pointerType === 'touch' || pointed === null ? null : { ...pointed, isDragged: false });
      }}
      onPointerCancel={() => setPointed(null)}
      onPointerLeave={() => setPointed((before) => (before?.isDragged ? before : null))}
    >
      <div className="seek-bar-track" aria-hidden="true">
        <span className="seek-bar-buffered" />
        <span className="seek-bar-played" />
        {seen.map(({ fromMs, toMs }) => (
          <span
            key={fromMs}
            className="seek-bar-seen"
            style={{ insetInlineStart: `${share(fromMs) * 100}%`, width: `${(share(toMs) - share(fromMs)) * 100}%` }}
          />
        ))}
        {ticks.map((atMs) => (
          <span key={atMs} className="seek-bar-chapter" style={{ insetInlineStart: `${share(atMs) * 100}%` }} />
        ))}
      </div>
      <input
        type="range"
        className="seek-bar-input"
        min={0}
        max={Math.max(1, Math.round(lengthMs))}
        step="any"
        value={Math.round(shownMs)}
        aria-label={texts.t('recording.seek')}
        aria-valuetext={spokenPlace(texts, shownMs, lengthMs, chapterAt(shownMs))}
        onChange={(event) => {
          // While a finger or a mouse draws it, the end of that decides; screen readers change it without one.
          if (pointed?.isDragged !== true) onSeek(event.target.valueAsNumber);
        }}
        onKeyDown={onKey}
        onBlur={() => setIsByKeys(false)}
      />
      {previewMs === null ? null : (
        <SeekPreview ms={previewMs} share={share(previewMs)} chapter={chapterAt(previewMs)} storyboard={storyboard} />
      )}
    </div>
  );
}
