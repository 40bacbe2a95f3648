// A player for a manifest, for as long as the page stands.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { openPlayer, type Player } from '../../player/player.ts';
import type { PlayerState } from '../../player/state.ts';
import { manifestKey } from './useManifest.ts';

type Opening = {
  readonly as?: 'viewer' | 'editor' | undefined;
  readonly leader?: string | undefined;
  readonly openAtMs?: number | undefined;
};

/** Null until the effect has run: a player belongs to a page that is really shown. */
export function usePlayer(manifest: RecordingManifest, { as, leader, openAtMs }: Opening): Player | null {
  const client = useQueryClient();
  const [player, setPlayer] = useState<Player | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a manifest that has grown is taken over below, without beginning anew
  useEffect(() => {
    const next = openPlayer({
      ...{ manifest, as, leader, openAtMs },
      onStale: () => void client.invalidateQueries({ queryKey: manifestKey(manifest.id), exact: true }),
      streamAddress: async () => (await api(recordingRoutes.recordingTicket, { params: { id: manifest.id }, body: { file: 'hls' } })).url,
    });
    setPlayer(next);
    return () => {
      next.close();
      setPlayer(null);
    };
  }, [manifest.id, as, leader]);
  useEffect(() => player?.update(manifest), [player, manifest]);
  return player;
}

export function usePlayerState(player: Player): PlayerState {
  return useSyncExternalStore(player.subscribe, player.state);
}
