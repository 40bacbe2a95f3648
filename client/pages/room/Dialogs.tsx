// The windows over the class: settings, rules for students, leaving, keys.
import { LadderStep } from '../../../server/contract/ladder.ts';
import { usePickLanguage } from '../../app/LanguageMenu.tsx';
import { languageNames, languages, useText } from '../../i18n/index.ts';
import { peopleIn } from '../../session/state.ts';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EndIcon, LeaveIcon } from '../../ui/icons.ts';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { ClassRules } from './ClassRules.tsx';
import { useAct, useClassroom, useObservable } from './classroom.ts';
import { DeviceSelect, TestSound } from './DeviceSelects.tsx';
import { FaultNote } from './FaultNote.tsx';
import { LineSettings } from './line/LineSettings.tsx';
import { pushToTalk, setPushToTalk, setSingleKeys, singleKeys } from './shortcuts.ts';

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
      <Dialog title={t('room.ladder.title')} isOpen={open === 'line'} onOpenChange={close}>
        <LineSettings />
      </Dialog>
      <Leaving isOpen={open === 'leave'} onOpenChange={close} />
    </>
  );
}

function Settings() {
  const { t, language } = useText();
  const pickLanguage = usePickLanguage();
  const { engine } = useClassroom();
  const most = useObservable(engine.view.most);
  const spaceTalks = useObservable(pushToTalk);
  const keysAct = useObservable(singleKeys);
  return (
    <div className="room-settings">
      <DeviceSelect kind="microphone" />
      <DeviceSelect kind="camera" />
      <div className="room-settings-speaker">
        <DeviceSelect kind="speaker" />
        <TestSound />
      </div>
      <Select
        label={t('room.ladder.most')}
        options={LadderStep.options.map((id) => ({ id, label: t(`room.ladder.${id}`) }))}
        value={most}
        onChange={(step) => engine.view.setMost(step)}
      />
      <Switch isSelected={spaceTalks} onChange={setPushToTalk} note={t('room.pushToTalk.note')}>
        {t('room.pushToTalk')}
      </Switch>
      <Switch isSelected={keysAct} onChange={setSingleKeys} note={t('room.shortcuts.note')}>
        {t('room.shortcuts')}
      </Switch>
      <Select
        label={t('app.language')}
        options={languages.map((id) => ({ id, label: languageNames[id] }))}
        value={language}
        onChange={pickLanguage}
      />
    </div>
  );
}

function Leaving({ isOpen, onOpenChange }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }) {
  const { t } = useText();
  const { session } = useClassroom();
  const act = useAct();
  const others = useRoom((room) => peopleIn(room) - 1);
  const end = async () => {
    if (await act('room:end', {})) onOpenChange(false);
  };
  return (
    <Dialog title={t('room.leave.title')} isOpen={isOpen} onOpenChange={onOpenChange} size="small">
      <div className="leaving">
        <p>{t('room.leave.text', { n: others })}</p>
        <FaultNote />
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
