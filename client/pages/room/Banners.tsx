// Trouble and news of the class, said once, in words, with the next step; only what matters most is shown.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Instant } from '../../../server/contract/ids.ts';
import { useText } from '../../i18n/index.ts';
import { isLive } from '../../media/own-source.ts';
import { WaitingBanner } from '../../panels/waiting/WaitingBanner.tsx';
import type { RoomState } from '../../session/state.ts';
import { useRoom, useSessionState } from '../../session/useSession.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { HandIcon, SoundOffIcon, WifiOffIcon } from '../../ui/icons.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { useClassroom, useObservable } from './classroom.ts';
import { loweredByOneself } from './controls.ts';
import { CameraDark, WeakLine } from './line/LineBanners.tsx';
import { MissedCard } from './look-back/MissedCard.tsx';
import { MutedBanner } from './MutedBanner.tsx';
import { PresenceCheck } from './PresenceCheck.tsx';
import { PressureBanner } from './pressure/PressureBanner.tsx';
import { ReachBanner } from './ReachBanner.tsx';
import { useTroubleText } from './TroubleNote.tsx';

export function Banners() {
  return (
    <div className="banners">
      <PresenceCheck />
      <Line />
      <Sound />
      <Supervision />
      <WaitingBanner />
      <MutedBanner />
      <MissedCard />
      <WithoutCameras />
      <PressureBanner />
      <Floor />
      <Fault />
      <CameraDark />
      <WeakLine />
    </div>
  );
}

function Line() {
  const { t } = useText();
  const { session, engine } = useClassroom();
  const { phase } = useSessionState();
  const media = useObservable(engine.state);
  const flows = useObservable(engine.reach.flows);
  if (phase === 'dropped') {
    return (
      <Banner
        tone="warn"
        icon={WifiOffIcon}
        announce="assertive"
        title={t('room.reconnecting')}
        action={
          <Button size="small" onPress={() => session.hurry()}>
            {t('app.tryAgain')}
          </Button>
        }
      >
        {flows ? t('room.reconnecting.flows') : t('room.reconnecting.text')}
      </Banner>
    );
  }
  if (media !== 'unavailable') return <ReachBanner />;
  return (
    <Banner tone="warn" announce="polite" action={<Spinner />}>
      {t('trouble.media.unavailable')}
    </Banner>
  );
}

function WithoutCameras() {
  const { t } = useText();
  const isReduced = useRoom((room) => room.room.recording.withoutCameras && room.self.actions.has('record'));
  if (!isReduced) return null;
  return (
    <Banner tone="warn" announce="polite">
      {t('room.recording.withoutCameras')}
    </Banner>
  );
}

function Sound() {
  const { t } = useText();
  const { engine } = useClassroom();
  const blocked = useObservable(engine.sound.blocked);
  if (!blocked) return null;
  const hear = (
    <Button kind="primary" onPress={() => void engine.sound.unblock()}>
      {t('room.sound.hear')}
    </Button>
  );
  return (
    <Banner tone="info" icon={SoundOffIcon} announce="assertive" action={hear}>
      {t('room.sound.blocked')}
    </Banner>
  );
}

function Supervision() {
  const { t } = useText();
  const supervised = useRoom((room) => room.room.supervised);
  const waits = useRoom((room) => room.self.role === 'student' || room.self.role === 'guest');
  if (supervised || !waits) return null;
  return (
    <Banner tone="info" announce="polite">
      {t('room.unsupervised')}
    </Banner>
  );
}

/** The floor was given, or the hand was taken down by another: heard once, acted on by the student alone. */
function Floor() {
  const { t } = useText();
  const { engine } = useClassroom();
  const seen = useRoom(floorOf, sameFloor);
  const live = isLive(useObservable(engine.own.microphone));
  const before = useRef(seen);
  const [news, setNews] = useState<'given' | 'lowered' | null>(null);
  useEffect(() => {
    const was = before.current;
    before.current = seen;
    if (seen.givenAt !== null && seen.givenAt !== was.givenAt) setNews('given');
    else if (!seen.may || seen.raised) setNews(null);
    else if (was.raised && !loweredByOneself()) setNews((now) => now ?? 'lowered');
  }, [seen]);
  if (news === null || live) return null;
  const speak = (
    <Button
      kind="primary"
      onPress={() => {
        setNews(null);
        void engine.own.speak();
      }}
    >
      {t('room.floor.speak')}
    </Button>
  );
  const given = news === 'given';
  return (
    <Banner
      tone={given ? 'good' : 'info'}
      icon={HandIcon}
      announce="assertive"
      title={given ? t('room.floor.title') : undefined}
      action={given ? speak : undefined}
      onDismiss={() => setNews(null)}
    >
      {t(given ? 'room.floor.text' : 'room.floor.lowered')}
    </Banner>
  );
}

interface FloorSeen {
  readonly may: boolean;
  readonly raised: boolean;
  readonly givenAt: Instant | null;
}

function floorOf(room: RoomState): FloorSeen {
  const self = room.participants.get(room.self.participantId);
  return { may: self?.may.microphone === true, raised: (self?.handRaisedAt ?? null) !== null, givenAt: room.floorGivenAt };
}

function sameFloor(one: FloorSeen, other: FloorSeen): boolean {
  return one.may === other.may && one.raised === other.raised && one.givenAt === other.givenAt;
}

/** Why the last thing did not work; stays until it is read. */
function Fault() {
  const { refusal } = useText();
  const { fault, engine } = useClassroom();
  const sentence = useTroubleText();
  const code = useObservable(fault);
  const microphone = useObservable(engine.own.microphone).trouble;
  const camera = useObservable(engine.own.camera).trouble;
  const screen = useObservable(engine.own.screen).trouble;
  const dismiss = () => {
    fault.set(null);
    engine.own.forgetTroubles();
  };
  const said: ReactNode = code
    ? refusal(code)
    : microphone
      ? sentence(microphone, 'microphone')
      : camera
        ? sentence(camera, 'camera')
        : screen
          ? sentence(screen, 'screen')
          : null;
  if (said === null) return null;
  return (
    <Banner tone="warn" announce="assertive" onDismiss={dismiss}>
      {said}
    </Banner>
  );
}
