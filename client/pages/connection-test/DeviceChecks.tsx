// Whether the browser may use microphone and camera: known without asking where the browser tells it, tried only by a click.
import { useEffect, useRef, useState } from 'react';
import type { DeviceState } from '../../../server/contract/connection-test.ts';
import { useText } from '../../i18n/index.ts';
import { openCamera, openMicrophone } from '../../media/devices.ts';
import { watchLevel } from '../../media/speaking.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { StatusChip } from '../../ui/Chip.tsx';
import { deviceState } from './browser-state.ts';

type What = 'microphone' | 'camera';

export function DeviceChecks() {
  const { t } = useText();
  return (
    <Card title={t('media.devices')}>
      <ul className="connection-rows">
        <DeviceCheck what="microphone" />
        <DeviceCheck what="camera" />
      </ul>
    </Card>
  );
}

function DeviceCheck({ what }: { readonly what: What }) {
  const { t } = useText();
  const { state, track, check, stop } = useDevice(what);
  const isKnown = state === 'works' || state === 'allowed' || state === 'unasked';
  return (
    <li className="connection-row connection-device">
      <span className="connection-row-text">
        <span>{t(`media.device.${what}`)}</span>
        <span className="connection-quiet" role="status">
          {isKnown ? null : t(`media.trouble.${state}.${what}`)} {state === 'denied' ? t('media.trouble.denied.how') : null}
        </span>
        {track && what === 'microphone' ? <Level track={track} /> : null}
        {track && what === 'camera' ? <Preview track={track} /> : null}
      </span>
      <StatusChip tone={state === 'works' || state === 'allowed' ? 'good' : state === 'unasked' ? 'info' : 'warn'}>
        {t(isKnown ? `connection.device.${state}` : 'connection.device.trouble')}
      </StatusChip>
      <Button size="small" onPress={track ? stop : check}>
        {t(track ? 'connection.device.stop' : `connection.check.${what}`)}
      </Button>
    </li>
  );
}

function useDevice(what: What) {
  const [state, setState] = useState<DeviceState>('unasked');
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const held = useRef<MediaStreamTrack | null>(null);
  const hold = (now: MediaStreamTrack | null) => {
    held.current?.stop();
    held.current = now;
    setTrack(now);
  };
  useEffect(() => {
    let isHere = true;
    void deviceState(what).then((now) => {
      if (isHere) setState(now);
    });
    return () => {
      isHere = false;
      held.current?.stop();
    };
  }, [what]);
  const check = async () => {
    const opened = await (what === 'microphone' ? openMicrophone() : openCamera());
    setState(opened.ok ? 'works' : (opened.trouble ?? 'unasked'));
    hold(opened.ok ? opened.value : null);
  };
  return { state, track, check: () => void check(), stop: () => hold(null) };
}

function Level({ track }: { readonly track: MediaStreamTrack }) {
  const { t } = useText();
  const [level, setLevel] = useState(0);
  useEffect(() => watchLevel(track, setLevel), [track]);
  return (
    <>
      <span className="connection-quiet">{t('media.level.say')}</span>
      <meter className="connection-level" min={0} max={1} value={level} aria-label={t('media.device.microphone')} />
    </>
  );
}

function Preview({ track }: { readonly track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);
  return <video ref={video} className="connection-picture" autoPlay muted playsInline />;
}
