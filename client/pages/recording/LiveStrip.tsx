// While the class runs: how far behind it one is, and the way back.
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { RecordIcon } from '../../ui/icons.ts';
import { shortly } from './spoken.ts';

/** A recording can be seen some seconds after the class at best. */
const nearMs = 8000;

export type LiveStripProps = { readonly behindMs: number; readonly onBackToLive?: (() => void) | undefined };

export function LiveStrip({ behindMs, onBackToLive }: LiveStripProps) {
  const texts = useText();
  return (
    <div className="recording-live">
      <span className="recording-live-sign">
        <RecordIcon />
        {texts.t('recording.live')}
      </span>
      <span className="recording-live-behind tabular">
        {behindMs < nearMs ? texts.t('recording.live.near') : texts.t('recording.live.behind', { time: shortly(texts, behindMs) })}
      </span>
      {onBackToLive ? (
        <Button size="small" kind="primary" onPress={onBackToLive}>
          {texts.t('recording.live.back')}
        </Button>
      ) : null}
    </div>
  );
}
