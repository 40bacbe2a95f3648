// Before the class: look at yourself, choose devices, hear that they work, know that it may be recorded, join.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { GuestInvitation } from '../../../server/contract/identity.ts';
import type { Lesson, LessonKind } from '../../../server/contract/timetable.ts';
import { Brand } from '../../app/Brand.tsx';
import { keepingRulesQuery, keptText, ruleOf } from '../../app/keeping-rules.ts';
import { LanguageMenu } from '../../app/LanguageMenu.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { readStored, useText, writeStored } from '../../i18n/index.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { CameraOffIcon, MicrophoneIcon, RecordIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useClassroom, useObservable } from './classroom.ts';
import { DeviceSelect, TestSound } from './DeviceSelects.tsx';
import { LevelBar } from './LevelBar.tsx';
import { Picture } from './Picture.tsx';
import { SlowJoin } from './SlowJoin.tsx';
import { TroubleNote } from './TroubleNote.tsx';

type LobbyProps = {
  /** Null for guests, and until it is known. */
  readonly lesson: Lesson | null;
  /** What a guest knows instead. */
  readonly invitation: GuestInvitation | undefined;
  readonly joining: boolean;
  /** Stops joining. */
  readonly onGiveUp: () => void;
};

export function Lobby({ lesson, invitation, joining, onGiveUp }: LobbyProps) {
  const { t, timeRange } = useText();
  const { session, engine } = useClassroom();
  const camera = useJoinWith('camera', lesson, true);
  const microphone = useJoinWith('microphone', lesson, lesson?.role === 'teacher' || lesson?.role === 'assistant');
  useDevices(camera.allowed && camera.on, lesson?.role === 'observer');
  const known = lesson ?? invitation;
  usePageTitle(known?.title ?? t('room.lobby.title'));
  // Of a class that may not be entered the join itself says why.
  const isOpen = lesson?.canEnter === true;
  useEffect(() => {
    if (isOpen) void session.prepare();
  }, [session, isOpen]);

  const join = () => {
    if (!microphone.on || !microphone.allowed) engine.own.dropMicrophone();
    if (!camera.on || !camera.allowed) engine.own.hideCamera();
    session.join(true);
  };
  const recording = lesson?.rules.recording ?? invitation?.recording ?? 'manual';
  return (
    <div className="lobby">
      <header className="lobby-bar">
        <Brand />
        <LanguageMenu />
      </header>
      <main className="lobby-main" id="content">
        <div className="lobby-preview">
          <Preview />
          <MicrophoneLevel />
        </div>
        <section className="lobby-side" aria-labelledby="lobby-title">
          <div>
            {known ? <p className="lobby-course">{lesson?.course.title ?? invitation?.courseTitle}</p> : null}
            <h1 id="lobby-title">{known?.title ?? t('room.lobby.title')}</h1>
            {known ? (
              <p className="lobby-facts tabular">
                {lesson ? `${t(`timetable.kind.${lesson.kind}`)} · ` : null}
                {timeRange(known.startsAt, known.endsAt)}
                {lesson ? ` · ${lesson.teacher.displayName}` : null}
              </p>
            ) : null}
          </div>
          <JoinWith what="microphone" wish={microphone} joining={joining} />
          <JoinWith what="camera" wish={camera} joining={joining} />
          {recording === 'never' ? null : (
            <p className="lobby-consent">
              <RecordIcon />
              <span>
                {t(recording === 'always' ? 'room.consent.always' : 'room.consent.manual')} <KeptFor kind={lesson?.kind} />
              </span>
            </p>
          )}
          <div className="lobby-join">
            <Button kind="primary" size="large" wide onPress={join} isPending={joining} aria-label={t('room.join')}>
              {t('room.join')}
            </Button>
          </div>
          {joining ? <SlowJoin onGiveUp={onGiveUp} /> : null}
          <p className="lobby-small">
            {joining ? t('room.joining') : recording === 'never' ? t('room.notRecorded') : t('room.consent.byJoining')}
          </p>
          <p className="lobby-small">
            <Link href="/what-is-recorded" target="_blank" rel="noopener">
              {t('app.recorded')}
            </Link>
            {' · '}
            <Link href="/connection-test" target="_blank" rel="noopener">
              {t('app.connectionTest')}
            </Link>
          </p>
        </section>
        <section className="lobby-devices" aria-label={t('media.devices')}>
          <DeviceSelect kind="microphone" />
          <DeviceSelect kind="camera" />
          <DeviceSelect kind="speaker" />
          <TestSound />
        </section>
      </main>
    </div>
  );
}

function Preview() {
  const { t } = useText();
  const { person } = useSession();
  const { engine } = useClassroom();
  const camera = useObservable(engine.own.camera);
  const [stream, setStream] = useState<MediaStream | null>(null);
  useEffect(() => setStream(camera.track ? new MediaStream([camera.track]) : null), [camera.track]);
  return (
    <div className="lobby-picture">
      {stream ? (
        <Picture stream={stream} mirrored fit="cover" />
      ) : (
        <div className="lobby-no-picture">
          {person ? <Avatar name={person.displayName} size="large" /> : <CameraOffIcon />}
          <p>{t(camera.status === 'starting' ? 'media.camera.starting' : 'media.camera.off')}</p>
        </div>
      )}
      {person ? <p className="lobby-name">{person.displayName}</p> : null}
      {camera.trouble ? (
        <div className="lobby-trouble">
          <TroubleNote trouble={camera.trouble} what="camera" />
        </div>
      ) : null}
    </div>
  );
}

function MicrophoneLevel() {
  const { t } = useText();
  const { engine } = useClassroom();
  const microphone = useObservable(engine.own.microphone);
  if (microphone.trouble) return <TroubleNote trouble={microphone.trouble} what="microphone" />;
  return (
    <div className="lobby-level">
      <MicrophoneIcon />
      <LevelBar level={engine.own.level} className="level-bar" />
      <p>{t('media.level.say')}</p>
    </div>
  );
}

type Wish = { readonly on: boolean; readonly set: (on: boolean) => void; readonly allowed: boolean };

/** The last choice holds for the next class too. */
function useJoinWith(what: 'microphone' | 'camera', lesson: Lesson | null, usually: boolean): Wish {
  const key = `auditoria.join.${what}`;
  const [chosen, setChosen] = useState(() => readStored(key));
  const leads = lesson?.role === 'teacher' || lesson?.role === 'assistant';
  return {
    on: chosen === undefined ? usually : chosen === 'on',
    set: (on) => {
      writeStored(key, on ? 'on' : 'off');
      setChosen(on ? 'on' : 'off');
    },
    allowed: lesson === null || leads || (lesson.role !== 'observer' && lesson.rules.students[what]),
  };
}

type JoinWithProps = {
  readonly what: 'microphone' | 'camera';
  readonly wish: Wish;
  /** What is wished was settled when joining began. */
  readonly joining: boolean;
};

function JoinWith({ what, wish, joining }: JoinWithProps) {
  const { t } = useText();
  return (
    <Switch
      isSelected={wish.on && wish.allowed}
      isDisabled={joining || !wish.allowed}
      onChange={wish.set}
      note={wish.allowed ? undefined : t(`room.lobby.${what}.notNow`)}
    >
      {t(`room.lobby.${what}.with`)}
    </Switch>
  );
}

/** Asks for the devices once on arrival, unless this person only watches; the camera follows its switch. The microphone is heard here in any case, and only here. */
function useDevices(cameraOn: boolean, onlyWatches: boolean): void {
  const { engine, session } = useClassroom();
  useEffect(() => {
    if (!onlyWatches) void engine.own.speak();
  }, [engine, onlyWatches]);
  useEffect(() => {
    if (session.state.phase !== 'idle') return;
    if (cameraOn) void engine.own.showCamera();
    else engine.own.hideCamera();
  }, [engine, session, cameraOn]);
}

/** Part of what one agrees to by joining. */
function KeptFor({ kind }: { readonly kind: LessonKind | undefined }) {
  const texts = useText();
  const { data } = useQuery(keepingRulesQuery);
  const rule = data && ruleOf(data, kind);
  return rule ? keptText(texts, rule) : null;
}
