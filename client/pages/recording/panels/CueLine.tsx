// A cue in the list of the editor while it is not open.
import { memo } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../../../i18n/index.ts';
import { WarningIcon } from '../../../ui/icons.ts';
import { type DraftCue, faultOf } from './cues.ts';

export type CueLineProps = { readonly cue: DraftCue; readonly at: string; readonly onOpen: (id: number) => void };

/** Drawn anew only when it changes: a lecture has more than a thousand. */
export const CueLine = memo(
  function CueLine({ cue, at, onOpen }: CueLineProps) {
    const { t } = useText();
    const fault = faultOf(cue);
    return (
      <Button className="study-cue" onPress={() => onOpen(cue.id)}>
        <span className="study-moment-time tabular">{at}</span>
        <span className="study-cue-text">{cue.text}</span>
        {fault === null ? null : (
          <span className="study-cue-fault">
            <WarningIcon />
            {t(`recording.panel.cue.fault.${fault}`)}
          </span>
        )}
      </Button>
    );
  },
  (one, other) => one.cue === other.cue && one.at === other.at,
);
