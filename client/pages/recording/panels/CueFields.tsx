// The open cue of the editor: its words, its times, and what can be done with it.
import { type Ref, useEffect, useState } from 'react';
import { TextArea, TextField } from 'react-aria-components';
import type { Cue } from '../../../../server/contract/recording-page.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { DeleteIcon, EndHereIcon, PlayIcon, SplitIcon, StartHereIcon } from '../../../ui/icons.ts';
import { TextField as Field } from '../../../ui/TextField.tsx';
import { type DraftCue, faultOf, readTime, writeTime } from './cues.ts';

export type CueFieldsProps = {
  readonly cue: DraftCue;
  readonly time: WatchingTime;
  readonly areaRef: Ref<HTMLTextAreaElement>;
  readonly onChange: (change: Partial<Cue>) => void;
  readonly onStartNow: () => void;
  readonly onEndNow: () => void;
  readonly onPlay: () => void;
  readonly onSplit: () => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
};

export function CueFields({ cue, time, areaRef, onChange, onStartNow, onEndNow, onPlay, onSplit, onRemove, onClose }: CueFieldsProps) {
  const { t } = useText();
  const fault = faultOf(cue);
  return (
    <div className="study-cue-open">
      <TextField
        aria-label={t('recording.panel.cue.text')}
        value={cue.text}
        onChange={(text) => onChange({ text })}
        maxLength={1000}
        autoFocus
      >
        <TextArea ref={areaRef} className="field-box study-area" rows={3} placeholder={t('recording.panel.cue.text')} />
      </TextField>
      <div className="study-cue-times">
        <TimeField
          label={t('recording.panel.cue.start')}
          ms={time.toWatching(cue.fromMs)}
          onTime={(ms) => onChange({ fromMs: Math.round(time.toClass(ms)) })}
        />
        <IconButton icon={StartHereIcon} label={t('recording.panel.cue.startNow')} shortcut="Alt ," onPress={onStartNow} />
        <TimeField
          label={t('recording.panel.cue.end')}
          ms={time.toWatching(cue.toMs)}
          onTime={(ms) => onChange({ toMs: Math.round(time.toClass(ms - 1)) + 1 })}
        />
        <IconButton icon={EndHereIcon} label={t('recording.panel.cue.endNow')} shortcut="Alt ." onPress={onEndNow} />
      </div>
      <div className="study-cue-buttons">
        <IconButton icon={PlayIcon} label={t('recording.panel.cue.play')} shortcut="Alt Enter" onPress={onPlay} />
        <IconButton icon={SplitIcon} label={t('recording.panel.cue.split')} shortcut="Alt /" onPress={onSplit} />
        <IconButton icon={DeleteIcon} label={t('recording.panel.cue.remove')} onPress={onRemove} />
        <Button size="small" kind="quiet" onPress={onClose}>
          {t('recording.panel.cue.done')}
        </Button>
      </div>
      {fault === null ? null : <p className="study-cue-fault">{t(`recording.panel.cue.fault.${fault}`)}</p>}
    </div>
  );
}

type TimeFieldProps = { readonly label: string; readonly ms: number; readonly onTime: (ms: number) => void };

/** What is typed counts when the field is left, if it is a time. */
function TimeField({ label, ms, onTime }: TimeFieldProps) {
  const { t } = useText();
  const written = writeTime(ms);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const isTime = readTime(text) !== undefined;
  const leave = () => {
    const read = readTime(text);
    if (read === undefined) setText(written);
    else if (text !== written) onTime(read);
  };
  return (
    <Field
      label={label}
      value={text}
      onChange={setText}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
      {...(isTime ? {} : { fault: t('recording.panel.cue.fault.no-time') })}
      className="study-cue-time"
      inputMode="decimal"
    />
  );
}
