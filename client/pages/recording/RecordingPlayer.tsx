// The player: pictures, controls, and what it has to say.
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TrackId } from '../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import type { RecordingPage, RecordingTimeline } from '../../../server/contract/recording-page.ts';
import { type Span, watchingTimeOf } from '../../../server/contract/watching-time.ts';
import { useText } from '../../i18n/index.ts';
import { isPicture } from '../../player/parts.ts';
import type { Player } from '../../player/player.ts';
import { cx } from '../../ui/cx.ts';
import { Controls, SmallControls } from './Controls.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { LiveStrip } from './LiveStrip.tsx';
import { titleOf } from './panels/chapter-title.ts';
import { peopleOf } from './people.ts';
import { Says } from './Says.tsx';
import { Stage } from './Stage.tsx';
import { useFullScreen } from './useFullScreen.ts';
import { usePictureInPicture } from './usePictureInPicture.ts';
import { usePlayerState } from './usePlayer.ts';
import { usePlayerKeys } from './usePlayerKeys.ts';
import { useWishes } from './viewer-wishes.ts';

export type RecordingPlayerProps = {
  readonly player: Player;
  readonly manifest: RecordingManifest;
  readonly mode: 'page' | 'live' | 'small';
  readonly page?: RecordingPage | undefined;
  readonly timeline?: RecordingTimeline | undefined;
  readonly captions?: { readonly isOn: boolean; readonly toggle: () => void } | undefined;
  /** Class time of what this person has watched. */
  readonly seen?: readonly Span[] | undefined;
  readonly onBackToLive?: (() => void) | undefined;
  /** Over the pictures. */
  readonly overlay?: ReactNode;
};

const nothing: readonly never[] = [];

export function RecordingPlayer(props: RecordingPlayerProps) {
  const texts = useText();
  const { player, manifest, mode, page, timeline, captions, seen = nothing, onBackToLive, overlay } = props;
  const frame = useRef<HTMLElement>(null);
  const fullScreen = useFullScreen();
  const state = usePlayerState(player);
  const [wishes, wish] = useWishes();
  const [pinned, setPinned] = useState<TrackId | null>(null);
  const [isHelping, setIsHelping] = useState(false);
  const [large, setLarge] = useState<HTMLMediaElement | null>(null);
  const time = useMemo(() => watchingTimeOf(manifest), [manifest]);
  const people = useMemo(() => peopleOf(manifest), [manifest]);
  const isSmall = mode === 'small';
  const mostBeside = isSmall ? 0 : 3;
  const watermark = page?.watermark ?? null;
  const { layout, saver, speed, skipsSilence } = wishes;

  useEffect(() => player.setSaver(layout === 'sound' ? 'sound' : saver), [player, layout, saver]);
  useEffect(() => player.setSpeed(speed), [player, speed]);
  useEffect(() => player.setSkipsSilence(skipsSilence), [player, skipsSilence]);
  useEffect(() => player.setSilences(timeline?.speech?.silences ?? []), [player, timeline]);
  useEffect(() => player.setGains(timeline?.gains ?? []), [player, timeline]);
  useEffect(() => player.setMostCameras(mostBeside + 1), [player, mostBeside]);
  useEffect(() => player.pin(pinned), [player, pinned]);
  usePlayerKeys(
    player,
    { fullScreen: fullScreen.toggle, captions: captions?.toggle, help: () => setIsHelping(true) },
    mode === 'page' ? null : frame,
  );

  const chapters = useMemo(
    () => (timeline?.chapters ?? []).map((chapter) => ({ atMs: time.toWatching(chapter.atMs), name: titleOf(chapter, texts.t) })),
    [timeline, time, texts],
  );
  const seenSpans = useMemo(
    () => seen.map(({ fromMs, toMs }) => ({ fromMs: time.toWatching(fromMs), toMs: time.toWatching(toMs) })),
    [seen, time],
  );
  const storyboard = useMemo(() => {
    const address = (sheet: string) => `/api/recordings/${encodeURIComponent(manifest.id)}/files/${sheet}`;
    return page?.storyboard ? { ...page.storyboard, addressOf: address } : null;
  }, [page?.storyboard, manifest.id]);
  const pictureInPicture = usePictureInPicture(large, watermark === null);
  const onLarge = useCallback((element: HTMLMediaElement | null) => setLarge(element), []);

  return (
    <section
      className={cx('recording-player', `recording-player-${mode}`, fullScreen.isOn && 'recording-player-full')}
      ref={frame}
      aria-label={texts.t('recording.player')}
      data-status={state.status}
    >
      <Stage
        {...{ state, people, mostBeside, pinned, watermark, onLarge }}
        layout={isSmall && layout === 'sound' ? 'screen' : layout}
        isWide={!isSmall && manifest.tracks.filter(isPicture).length > 1}
        onPin={setPinned}
        onPress={() => player.toggle()}
      >
        {overlay}
      </Stage>
      {state.behindMs !== null ? <LiveStrip behindMs={state.behindMs} onBackToLive={onBackToLive} /> : null}
      {isSmall ? (
        <SmallControls player={player} state={state} />
      ) : (
        <Controls
          {...{ player, state, wishes, chapters, storyboard, fullScreen, pictureInPicture, captions }}
          seen={seenSpans}
          onWish={wish}
          knowsSilence={(timeline?.speech?.silences.length ?? 0) > 0}
          onHelp={() => setIsHelping(true)}
        />
      )}
      <Says player={player} state={state} manifest={manifest} onWish={wish} />
      <KeysHelp isOpen={isHelping} onOpenChange={setIsHelping} withNotes={mode === 'page' && page?.may.note === true} />
    </section>
  );
}
