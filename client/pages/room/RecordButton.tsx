// Starts the recording at once; while it runs, opens the choice to pause or stop it.
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { ImportantIcon, PauseIcon, PlayIcon, RecordIcon, StopIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { BarButton } from './BarButton.tsx';
import { useAct } from './classroom.ts';

export function RecordButton() {
  const { t } = useText();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const { state } = useRoom((room) => room.room.recording);
  const rule = useRoom((room) => room.room.recordingRule);
  const isOn = state !== 'off';
  // A menu opens from its button by itself; while nothing is recorded the button starts instead.
  const press = (wants: boolean) => {
    if (isOn) setOpen(wants);
    else if (wants) void act('recording:start', {});
  };
  const mark = useMark();
  const choose = (key: string | number) => {
    if (key === 'pause') void act('recording:pause', {});
    if (key === 'resume') void act('recording:resume', {});
    if (key === 'stop') void act('recording:stop', {});
    if (key === 'mark') void mark();
  };
  return (
    <Menu
      aria-label={t('room.record')}
      placement="top"
      isOpen={open && isOn}
      onOpenChange={press}
      onAction={choose}
      button={
        <BarButton
          className="not-on-phone"
          icon={state === 'paused' ? PauseIcon : RecordIcon}
          name={t('room.record')}
          hint={t(isOn ? 'room.record.manage' : 'room.record.start')}
          isOn={isOn}
          tone={isOn ? 'recording' : 'plain'}
        />
      }
    >
      {state === 'paused' ? (
        <MenuItem key="resume" id="resume" icon={PlayIcon}>
          {t('room.record.resume')}
        </MenuItem>
      ) : (
        <MenuItem key="mark" id="mark" icon={ImportantIcon} note={t('room.record.mark.note')}>
          {t('room.record.mark')}
        </MenuItem>
      )}
      {state === 'paused' ? null : (
        <MenuItem id="pause" icon={PauseIcon} note={t('room.record.pause.note')}>
          {t('room.record.pause')}
        </MenuItem>
      )}
      {rule === 'always' ? null : (
        <MenuItem id="stop" icon={StopIcon}>
          {t('room.record.stop')}
        </MenuItem>
      )}
    </Menu>
  );
}

/** Marks this moment of the recording as important. */
export function useMark(): () => Promise<void> {
  const { t } = useText();
  const act = useAct();
  return async () => {
    if (await act('recording:mark', { kind: 'important', text: '' })) announce(t('room.record.marked'));
  };
}
