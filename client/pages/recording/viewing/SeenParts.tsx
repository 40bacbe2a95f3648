// What this person has seen already, laid under the seek bar; in words for who does not see it.
import type { RecordingId } from '../../../../server/contract/ids.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';
import { useText } from '../../../i18n/index.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { SeenBar } from './SeenBar.tsx';
import { useOwnViewing } from './useOwnViewing.ts';
import { seenParts } from './viewing-view.ts';
import './viewing.css';

export function SeenParts({ id, time }: { readonly id: RecordingId; readonly time: WatchingTime }) {
  const { t, number } = useText();
  const viewing = useOwnViewing(id);
  if (!viewing || viewing.seenMs === 0) return null;
  return (
    <div className="seen-parts">
      <SeenBar parts={seenParts(viewing, time)} lengthMs={time.lengthMs} />
      <VisuallyHidden>{t('viewing.own', { share: number(viewing.share, { style: 'percent', maximumFractionDigits: 0 }) })}</VisuallyHidden>
    </div>
  );
}
