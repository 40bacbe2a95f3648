// A player for a manifest, for as long as the page stands.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import { Player } from '../../player/player.ts';
import type { PlayerState } from '../../player/state.ts';

/** Null until the effect has run: a player belongs to a page that is really shown. */
export function usePlayer(manifest: RecordingManifest, leader: string | undefined): Player | null {
  const [player, setPlayer] = useState<Player | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a manifest that has grown is taken over below, without beginning anew
  useEffect(() => {
    const next = new Player({ manifest, leader });
    setPlayer(next);
    return () => {
      next.close();
      setPlayer(null);
    };
  }, [manifest.id, leader]);
  useEffect(() => player?.update(manifest), [player, manifest]);
  return player;
}

export function usePlayerState(player: Player): PlayerState {
  return useSyncExternalStore(player.subscribe, player.state);
}
