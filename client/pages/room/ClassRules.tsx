// What the teacher decides for all students at once: permissions, the lock, quiet, more time.
import { Capability } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { ClockIcon, HandIcon, MicrophoneOffIcon } from '../../ui/icons.ts';
import { Switch } from '../../ui/Switch.tsx';
import { useAct } from './classroom.ts';
import { FaultNote } from './FaultNote.tsx';

const moreMinutes = 15;

export function ClassRules() {
  const { t, time } = useText();
  const act = useAct();
  const students = useRoom((state) => state.room.students);
  const rewind = useRoom((state) => state.room.rewind);
  const rule = useRoom((state) => state.room.recordingRule);
  const locked = useRoom((state) => state.room.locked);
  const closesAt = useRoom((state) => state.room.closesAt);
  const actions = useRoom((state) => state.self.actions);
  return (
    <div className="room-settings">
      <FaultNote />
      <h3>{t('room.rules.students')}</h3>
      {Capability.options.map((capability) => (
        <Switch
          key={capability}
          isSelected={students[capability] === true}
          onChange={(allowed) => void act('room:permit', { target: { all: true }, capability, allowed })}
        >
          {t(`room.rules.${capability}`)}
        </Switch>
      ))}
      <h3>{t('room.rules.room')}</h3>
      <Switch isSelected={locked} onChange={(lock) => void act('room:lock', { locked: lock })} note={t('room.rules.lock.note')}>
        {t('room.rules.lock')}
      </Switch>
      {rule === 'never' ? null : (
        <Switch
          isSelected={rewind}
          onChange={(allowed) => void act('recording:allow-rewind', { allowed })}
          note={t('room.rules.rewind.note')}
        >
          {t('room.rules.rewind')}
        </Switch>
      )}
      <div className="room-settings-buttons">
        <Button icon={MicrophoneOffIcon} onPress={() => void act('room:mute', { all: true })}>
          {t('room.muteAll')}
        </Button>
        <Button icon={HandIcon} onPress={() => void act('room:lower-hand', { all: true })}>
          {t('room.lowerAll')}
        </Button>
        {actions.has('extend') ? (
          <Button icon={ClockIcon} onPress={() => void act('room:extend', { minutes: moreMinutes })}>
            {t('room.rules.extend', { n: moreMinutes })}
          </Button>
        ) : null}
      </div>
      <p className="room-settings-note">{t('room.rules.closes', { time: time(closesAt) })}</p>
    </div>
  );
}
