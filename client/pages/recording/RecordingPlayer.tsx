// The player with its controls, what it has to say, and the people beside it.
import { useEffect, useMemo, useRef } from 'react';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import { watchingTimeOf } from '../../../server/contract/watching-time.ts';
import { useText } from '../../i18n/index.ts';
import { isPicture } from '../../player/parts.ts';
import type { Player } from '../../player/player.ts';
import type { PlayerState } from '../../player/state.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { PlayIcon, ReloadIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { Controls } from './Controls.tsx';
import { usePlayerKeys } from './keys.ts';
import { People } from './People.tsx';
import { peopleOf } from './people.ts';
import { Stage } from './Stage.tsx';
import { useFullScreen } from './useFullScreen.ts';
import { usePlayer, usePlayerState } from './usePlayer.ts';
import { useWatchReport } from './useWatchReport.ts';

export type RecordingPlayerProps = { readonly manifest: RecordingManifest; readonly leader: string | undefined };

export function RecordingPlayer({ manifest, leader }: RecordingPlayerProps) {
  const player = usePlayer(manifest, leader);
  return player ? <WithPlayer manifest={manifest} player={player} /> : <div className="recording-player-place" />;
}

function WithPlayer({ manifest, player }: { readonly manifest: RecordingManifest; readonly player: Player }) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(frame);
  const state = usePlayerState(player);
  const people = useMemo(() => peopleOf(manifest), [manifest]);
  const isWide = manifest.tracks.filter(isPicture).length > 1;
  const timeline = useMemo(() => watchingTimeOf(manifest), [manifest]);
  usePlayerKeys(player, fullScreen.toggle);
  useWatchReport(player, manifest.id);
  return (
    <div className="recording-layout">
      <section className="recording-player" ref={frame} aria-label={t('recording.player')} data-status={state.status}>
        <Stage state={state} people={people} isWide={isWide} onPress={() => player.toggle()} />
        <Controls player={player} state={state} fullScreen={fullScreen} />
        <Says player={player} state={state} manifest={manifest} />
      </section>
      <aside className="recording-side" aria-labelledby="recording-people">
        <h2 id="recording-people">{t('recording.people', { n: people.length })}</h2>
        <People
          people={people}
          speaking={state.speaker !== null && state.microphones.includes(state.speaker) ? state.speaker : null}
          toWatching={timeline.toWatching}
          onSeek={(ms) => player.seek(ms)}
        />
      </aside>
    </div>
  );
}

type SaysProps = { readonly player: Player; readonly state: PlayerState; readonly manifest: RecordingManifest };

/** Trouble, and the end: said in words, where it happens. */
function Says({ player, state, manifest }: SaysProps) {
  const { t, refusal, reason } = useText();
  const { status, trouble, isBlocked, isSoundUnplayable, pictures } = state;
  const hasEnded = status === 'ended';
  useEffect(() => {
    if (hasEnded) announce(t('recording.end.title'));
  }, [hasEnded, t]);
  return (
    <div className="recording-says">
      {trouble && status === 'waiting' ? (
        <Banner
          tone="warn"
          announce="polite"
          title={t('recording.trouble')}
          action={
            <Button size="small" icon={ReloadIcon} onPress={() => player.retry()}>
              {t('app.tryAgain')}
            </Button>
          }
        >
          {refusal(trouble)}
        </Banner>
      ) : null}
      {isBlocked ? (
        <Banner
          announce="polite"
          action={
            <Button size="small" kind="primary" icon={PlayIcon} onPress={() => player.play()}>
              {t('recording.blocked.action')}
            </Button>
          }
        >
          {t('recording.blocked')}
        </Banner>
      ) : null}
      {isSoundUnplayable ? (
        <Banner tone="warn" title={t('recording.unplayable.sound')}>
          {t('recording.unplayable.advice')}
        </Banner>
      ) : pictures.some(({ isUnplayable }) => isUnplayable) ? (
        <Banner tone="warn" title={t('recording.unplayable.pictures')}>
          {t('recording.unplayable.advice')}
        </Banner>
      ) : null}
      {status === 'caught-up' ? <Banner announce="polite">{t('recording.caughtUp')}</Banner> : null}
      {hasEnded ? (
        <Banner
          title={t('recording.end.title')}
          action={
            <Button size="small" onPress={() => player.play()}>
              {t('recording.end.again')}
            </Button>
          }
        >
          {manifest.endReason ? reason('recording', manifest.endReason) : null}
        </Banner>
      ) : null}
    </div>
  );
}
