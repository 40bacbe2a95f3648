// Choosing microphone, camera and speaker: in the lobby and in the settings of the class.
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { chooseDevice, chosenDevice, type DeviceChoice, type DeviceKind, devices } from '../../media/devices.ts';
import { playTestSound } from '../../media/speaking.ts';
import { Button } from '../../ui/Button.tsx';
import { CameraIcon, MicrophoneIcon, SoundIcon } from '../../ui/icons.ts';
import { Select } from '../../ui/Select.tsx';
import { useClassroom, useObservable } from './classroom.ts';

const icons = { microphone: MicrophoneIcon, camera: CameraIcon, speaker: SoundIcon } as const;

export function DeviceSelect({ kind }: { readonly kind: DeviceKind }) {
  const { t } = useText();
  const { engine } = useClassroom();
  const list = useObservable(devices)[kind];
  const [chosen, setChosen] = useState(() => chosenDevice(kind));
  const Shape = icons[kind];
  const options = list.map(({ id, label }: DeviceChoice, index) => ({ id, label: label || t('media.device.unnamed', { n: index + 1 }) }));
  const value = options.find(({ id }) => id === chosen)?.id ?? options[0]?.id ?? null;
  const choose = (id: string) => {
    setChosen(id);
    if (kind === 'speaker') {
      chooseDevice(kind, id);
      void engine.sound.followSpeaker();
    } else {
      void engine.own.choose(kind, id);
    }
  };
  return (
    <Select
      label={t(`media.device.${kind}`)}
      options={options}
      value={value}
      onChange={choose}
      placeholder={t(kind === 'speaker' ? 'media.device.systemSpeaker' : 'media.device.none')}
      isDisabled={options.length === 0}
      icon={<Shape />}
    />
  );
}

export function TestSound() {
  const { t } = useText();
  const [playing, setPlaying] = useState(false);
  const play = async () => {
    setPlaying(true);
    await playTestSound(chosenDevice('speaker')).finally(() => setPlaying(false));
  };
  return (
    <Button icon={SoundIcon} onPress={() => void play()} isDisabled={playing}>
      {t(playing ? 'media.testSound.playing' : 'media.testSound')}
    </Button>
  );
}
