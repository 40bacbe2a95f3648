// One recording to watch: on its own page, in the live room while the class runs, or small beside it.
import { useEffect, useEffectEvent } from 'react';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import type { RecordingPage, RecordingTimeline } from '../../../server/contract/recording-page.ts';
import { useText } from '../../i18n/index.ts';
import type { Player } from '../../player/player.ts';
import { RecordingPlayer } from './RecordingPlayer.tsx';
import { usePlayer } from './usePlayer.ts';
import { WatchReport } from './WatchReport.tsx';
import './recording.css';

export type WatchingPosition = {
  /** Class time of what is seen. */
  readonly atMs: number;
  /** How far the class is ahead of that; null once the recording has ended. */
  readonly behindMs: number | null;
  readonly isPlaying: boolean;
};

export type RecordingViewProps = {
  /** From `useManifest`; a newer one of the same recording goes on where the viewer is. */
  readonly manifest: RecordingManifest;
  /** `live`: with LIVE sign, how far behind, and the way back. `small`: the picture and few buttons, for a window of about 20 rem. */
  readonly mode: 'page' | 'live' | 'small';
  /** `editor`: the manifest is that of those who edit, with what was left out. */
  readonly as?: 'viewer' | 'editor' | undefined;
  readonly page?: RecordingPage | undefined;
  readonly timeline?: RecordingTimeline | undefined;
  /** Class time to open at; another value goes there. Without it: the beginning. */
  readonly openAtMs?: number | undefined;
  /** Begins to play by itself; browsers allow it after any press on the page. */
  readonly autoPlay?: boolean | undefined;
  /** False: pictures of before with the sound of now. Left out: the viewer's own mute button decides. */
  readonly sound?: boolean | undefined;
  /** About four times a second while it plays, and on every jump. */
  readonly onPosition?: ((position: WatchingPosition) => void) | undefined;
  readonly onBackToLive?: (() => void) | undefined;
};

export function RecordingView(props: RecordingViewProps) {
  const { manifest, as, page, openAtMs } = props;
  const player = usePlayer(manifest, { as, leader: page?.teacherName, openAtMs });
  return player ? <WithPlayer {...props} player={player} /> : <PlayerPlace />;
}

/** Until there is a player. */
export function PlayerPlace() {
  const { t } = useText();
  return <div className="recording-player-place" aria-busy="true" role="status" aria-label={t('recording.waiting')} />;
}

function WithPlayer({ player, ...props }: RecordingViewProps & { readonly player: Player }) {
  const { openAtMs, autoPlay, sound, onPosition } = props;
  const tell = useEffectEvent(() => {
    const { classMs, behindMs, status } = player.state();
    onPosition?.({ atMs: classMs, behindMs, isPlaying: status === 'playing' || status === 'waiting' });
  });
  useEffect(() => player.subscribe(() => tell()), [player]);
  useEffect(() => {
    if (openAtMs !== undefined) player.seekClass(openAtMs);
  }, [player, openAtMs]);
  useEffect(() => {
    if (autoPlay) player.play();
  }, [player, autoPlay]);
  useEffect(() => {
    if (sound !== undefined) player.setMuted(!sound);
  }, [player, sound]);
  return (
    <>
      {props.mode === 'page' ? null : <WatchReport player={player} id={props.manifest.id} />}
      <RecordingPlayer {...props} player={player} />
    </>
  );
}
