// The class of before in the place of the class of now, or in a small window over it. Loaded when somebody first looks back.
import { useEffect, useEffectEvent } from 'react';
import { errorCode } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { isLive } from '../../../media/own-source.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { CloseIcon, MaximizeIcon, SoundIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { RecordingView } from '../../recording/RecordingView.tsx';
import { useManifest } from '../../recording/useManifest.ts';
import { useClassroom } from '../classroom.ts';
import { type LookBack, stopLookingBack } from './look-back.ts';

export default function LookBackPane({ look }: { readonly look: LookBack }) {
  const { t, refusal } = useText();
  const classroom = useClassroom();
  const { lookBack, lookedAt, engine } = classroom;
  const manifest = useManifest(look.recordingId);
  const isInstead = look.how === 'instead';
  const close = () => stopLookingBack(classroom);
  const speaks = useEffectEvent(() => {
    lookBack.set({ ...look, how: 'beside' });
    announce(t('room.lookBack.speaks'));
  });
  useEffect(() => {
    if (!isInstead) return;
    // The sound of before would go out again through an open microphone.
    const { microphone } = engine.own;
    void engine.own.mute();
    // Whoever turns it on again wants to be in the class of now, and must hear it.
    const unwatch = microphone.subscribe(() => {
      if (isLive(microphone.value)) speaks();
    });
    engine.sound.setSilent(true);
    engine.view.setDeaf(true);
    return () => {
      unwatch();
      engine.sound.setSilent(false);
      engine.view.setDeaf(false);
    };
  }, [engine, isInstead]);
  return (
    <section className={isInstead ? 'look-back' : 'look-back-small'} aria-label={t('room.lookBack.title')}>
      <header className="look-back-head">
        <div className="look-back-what">
          <h2 className="look-back-title">{t('room.lookBack.title')}</h2>
          {isInstead ? <p className="look-back-note">{t('room.lookBack.silent')}</p> : null}
        </div>
        {isInstead ? (
          <Button size="small" icon={SoundIcon} onPress={() => lookBack.set({ ...look, how: 'beside' })}>
            {t('room.lookBack.now')}
          </Button>
        ) : (
          <>
            <IconButton
              size="small"
              icon={MaximizeIcon}
              label={t('room.lookBack.enlarge')}
              onPress={() => lookBack.set({ ...look, how: 'instead' })}
            />
            <IconButton size="small" icon={CloseIcon} label={t('room.lookBack.close')} onPress={close} />
          </>
        )}
      </header>
      {manifest.data ? (
        <RecordingView
          manifest={manifest.data}
          mode={isInstead ? 'live' : 'small'}
          openAtMs={look.fromMs}
          autoPlay
          {...(isInstead ? { onBackToLive: close } : { sound: false })}
          onPosition={({ atMs }) => lookedAt.set({ recordingId: look.recordingId, atMs })}
        />
      ) : manifest.error ? (
        <Banner tone="warn" announce="polite" title={t('room.lookBack.failed')}>
          {refusal(errorCode(manifest.error))}
        </Banner>
      ) : (
        <span className="look-back-loading">
          <Spinner label={t('room.lookBack.loading')} />
        </span>
      )}
    </section>
  );
}
