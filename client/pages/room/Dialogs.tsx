// The windows over the class: settings, rules for students, leaving, keys.
import { languageNames, languages, useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EndIcon, LeaveIcon } from '../../ui/icons.ts';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { ClassRules } from './ClassRules.tsx';
import { useAct, useClassroom, useObservable } from './classroom.ts';
import { DeviceSelect, TestSound } from './DeviceSelects.tsx';
import { pushToTalk, setPushToTalk } from './shortcuts.ts';

export function Dialogs() {
  const { t } = useText();
  const { dialog } = useClassroom();
  const open = useObservable(dialog);
  const close = (isOpen: boolean) => {
    if (!isOpen) dialog.set(null);
  };
  return (
    <>
      <Dialog title={t('room.settings')} isOpen={open === 'settings'} onOpenChange={close}>
        <Settings />
      </Dialog>
      <Dialog title={t('room.rules.title')} isOpen={open === 'rules'} onOpenChange={close}>
        <ClassRules />
      </Dialog>
      <Dialog title={t('room.shortcuts')} isOpen={open === 'shortcuts'} onOpenChange={close} size="small">
        <Keys />
      </Dialog>
      <Leaving isOpen={open === 'leave'} onOpenChange={close} />
    </>
  );
}

function Settings() {
  const { t, language, setLanguage } = useText();
  const { engine } = useClassroom();
  const saveData = useObservable(engine.view.saveData);
  const spaceTalks = useObservable(pushToTalk);
  return (
    <div className="room-settings">
      <DeviceSelect kind="microphone" />
      <DeviceSelect kind="camera" />
      <div className="room-settings-speaker">
        <DeviceSelect kind="speaker" />
        <TestSound />
      </div>
      <Switch isSelected={saveData} onChange={(on) => engine.view.setSaveData(on)} note={t('room.saveData.note')}>
        {t('room.saveData')}
      </Switch>
      <Switch isSelected={spaceTalks} onChange={setPushToTalk} note={t('room.pushToTalk.note')}>
        {t('room.pushToTalk')}
      </Switch>
      <Select
        label={t('app.language')}
        options={languages.map((id) => ({ id, label: languageNames[id] }))}
        value={language}
        onChange={(id) => void setLanguage(id)}
      />
    </div>
  );
}

function Leaving({ isOpen, onOpenChange }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }) {
  const { t } = useText();
  const { session } = useClassroom();
  const act = useAct();
  const others = useRoom((room) => room.participants.size - 1);
  const end = async () => {
    if (await act('room:end', {})) onOpenChange(false);
  };
  return (
    <Dialog title={t('room.leave.title')} isOpen={isOpen} onOpenChange={onOpenChange} size="small">
      <div className="leaving">
        <p>{t('room.leave.text', { n: others })}</p>
        <Button
          wide
          icon={LeaveIcon}
          onPress={() => {
            onOpenChange(false);
            void session.leave();
          }}
        >
          {t('room.leave')}
        </Button>
        <Button wide kind="danger" icon={EndIcon} onPress={() => void end()}>
          {t('room.endForAll')}
        </Button>
      </div>
    </Dialog>
  );
}

function Keys() {
  const { t } = useText();
  const keys = [
    ['M', t('room.microphone')],
    ['V', t('room.camera')],
    ['S', t('room.shareScreen')],
    ['H', t('room.raiseHand')],
    [t('room.key.space'), t('room.pushToTalk')],
    ['Enter', t('room.chat.send')],
    ['Shift+Enter', t('room.chat.newLine')],
  ] as const;
  return (
    <dl className="room-keys">
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
