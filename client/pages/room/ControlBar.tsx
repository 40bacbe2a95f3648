// The bar of controls: always there, never moving. On a phone it keeps what is needed most; the rest is under More.

import { useText } from '../../i18n/index.ts';
import { isLive } from '../../media/own-source.ts';
import { type PanelEntry, panelsOf } from '../../panels/index.ts';
import { sameItems, useRoom } from '../../session/useSession.ts';
import {
  CameraIcon,
  CameraOffIcon,
  HandIcon,
  LeaveIcon,
  MicrophoneIcon,
  MicrophoneOffIcon,
  ShareScreenIcon,
  StopSharingIcon,
} from '../../ui/icons.ts';
import { BarButton } from './BarButton.tsx';
import { useClassroom, useObservable, useSelected } from './classroom.ts';
import type { Controls } from './controls.ts';
import { useForbidden } from './controls.ts';
import { LevelBar } from './LevelBar.tsx';
import { LookBackButton } from './look-back/LookBackButton.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { ReactionMenu } from './ReactionMenu.tsx';
import { RecordButton } from './RecordButton.tsx';

export function ControlBar({ controls }: { readonly controls: Controls }) {
  const { t } = useText();
  const role = useRoom((room) => room.self.role);
  const mayRecord = useRoom((room) => room.self.actions.has('record') && room.room.recordingRule !== 'never');
  const panels = useRoom(panelsOf, sameItems);
  const takesPart = role !== 'observer';
  return (
    <section className="control-bar" aria-label={t('room.controls')}>
      <div className="control-bar-middle">
        {takesPart ? (
          <>
            <MicrophoneButton onPress={controls.microphone} />
            <CameraButton onPress={controls.camera} />
            <ScreenButton onPress={controls.screen} />
            <HandButton onPress={controls.hand} />
            <ReactionMenu react={controls.react} />
          </>
        ) : null}
        {mayRecord ? <RecordButton /> : null}
        <LookBackButton />
      </div>
      <div className="control-bar-end">
        {panels.map((entry) => (
          <PanelButton key={entry.id} entry={entry} />
        ))}
        <MoreMenu controls={controls} />
        <LeaveButton />
      </div>
    </section>
  );
}

function MicrophoneButton({ onPress }: { readonly onPress: () => void }) {
  const { t } = useText();
  const { engine } = useClassroom();
  const microphone = useObservable(engine.own.microphone);
  const speaksMuted = useObservable(engine.own.speaksMuted);
  const forbidden = useForbidden('microphone');
  const on = isLive(microphone) && !forbidden;
  return (
    <span className="bar-button-place">
      <BarButton
        icon={on ? MicrophoneIcon : MicrophoneOffIcon}
        name={t('room.microphone')}
        hint={forbidden ? forbidden.sentence : t(on ? 'room.microphone.turnOff' : 'room.microphone.turnOn')}
        shortcut="M"
        isOn={on}
        tone={on ? 'plain' : 'off'}
        locked={forbidden !== null}
        onPress={onPress}
      >
        {on ? <LevelBar level={engine.own.level} className="bar-button-level" /> : null}
      </BarButton>
      {speaksMuted && !on ? (
        <span className="muted-hint" role="status">
          {forbidden ? forbidden.sentence : t('room.youAreMuted')}
        </span>
      ) : null}
    </span>
  );
}

function CameraButton({ onPress }: { readonly onPress: () => void }) {
  const { t } = useText();
  const { engine } = useClassroom();
  const camera = useObservable(engine.own.camera);
  const dark = useObservable(engine.own.cameraDark);
  const forbidden = useForbidden('camera');
  const on = isLive(camera) && !forbidden;
  return (
    <BarButton
      icon={on ? CameraIcon : CameraOffIcon}
      name={t('room.camera')}
      hint={forbidden ? forbidden.sentence : t(on || dark ? 'room.camera.turnOff' : 'room.camera.turnOn')}
      shortcut="V"
      isOn={on}
      tone={on ? 'plain' : 'off'}
      locked={forbidden !== null}
      onPress={onPress}
    />
  );
}

function ScreenButton({ onPress }: { readonly onPress: () => void }) {
  const { t } = useText();
  const { engine } = useClassroom();
  const screen = useObservable(engine.own.screen);
  const forbidden = useForbidden('screen');
  const on = screen.status !== 'off';
  return (
    <BarButton
      className="not-on-phone"
      icon={on ? StopSharingIcon : ShareScreenIcon}
      name={t('room.shareScreen')}
      hint={forbidden ? forbidden.sentence : t(on ? 'room.shareScreen.stop' : 'room.shareScreen.start')}
      shortcut="S"
      isOn={on}
      tone={on ? 'active' : 'plain'}
      locked={forbidden !== null}
      onPress={onPress}
    />
  );
}

function HandButton({ onPress }: { readonly onPress: () => void }) {
  const { t } = useText();
  const raised = useRoom((room) => (room.participants.get(room.self.participantId)?.handRaisedAt ?? null) !== null);
  return (
    <BarButton
      icon={HandIcon}
      name={t('room.raiseHand')}
      hint={t(raised ? 'room.lowerHand' : 'room.raiseHand')}
      shortcut="H"
      isOn={raised}
      tone={raised ? 'active' : 'plain'}
      onPress={onPress}
    />
  );
}

function PanelButton({ entry }: { readonly entry: PanelEntry }) {
  const { t } = useText();
  const { panel, readUntil } = useClassroom();
  const isOpen = useSelected(panel, (open) => open === entry.id);
  const seen = useObservable(readUntil);
  const count = useRoom((room) => entry.count(room, seen));
  return (
    <BarButton
      className={entry.id === 'chat' ? 'panel-button' : 'panel-button not-on-phone'}
      icon={entry.icon}
      name={t(entry.title)}
      hint={t(isOpen ? 'room.panel.close' : entry.title)}
      aria-expanded={isOpen}
      badge={isOpen ? 0 : count}
      tone={isOpen ? 'active' : 'plain'}
      onPress={() => panel.set(isOpen ? null : entry.id)}
    />
  );
}

function LeaveButton() {
  const { t } = useText();
  const { session, dialog } = useClassroom();
  const mayEnd = useRoom((room) => room.self.actions.has('end-class'));
  return (
    <BarButton
      className="leave-button"
      icon={LeaveIcon}
      name={t('room.leave')}
      hint={t('room.leave.hint')}
      tone="danger"
      onPress={() => (mayEnd ? dialog.set('leave') : void session.leave())}
    />
  );
}
