// Reports what a person watches; who came by a link, or as a guest, is nobody that it could be counted for.
import type { RecordingId } from '../../../server/contract/ids.ts';
import { useSession } from '../../app/session.tsx';
import type { Player } from '../../player/player.ts';
import { useWatchReport } from './useWatchReport.ts';

type Props = { readonly player: Player; readonly id: RecordingId };

export function WatchReport(props: Props) {
  const { person } = useSession();
  return person ? <Reports {...props} /> : null;
}

function Reports({ player, id }: Props) {
  useWatchReport(player, id);
  return null;
}
