// Trouble, what is missing, and the end: said in words, where it happens.
import { type ReactNode, useEffect } from 'react';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import { clock, type TextKey, useText } from '../../i18n/index.ts';
import type { Player } from '../../player/player.ts';
import type { Lack, PlayerState } from '../../player/state.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { PlayIcon, ReloadIcon, SaveDataIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { refusedText } from './refused.ts';
import { shortly } from './spoken.ts';
import type { Wishes } from './viewer-wishes.ts';

export type SaysProps = {
  readonly player: Player;
  readonly state: PlayerState;
  readonly manifest: RecordingManifest;
  readonly onWish: (wish: Partial<Wishes>) => void;
};

export function Says({ player, state, manifest, onWish }: SaysProps) {
  const { t, refusal, reason } = useText();
  const { status, trouble, isBlocked, unheard, offersSaver, lacks } = state;
  const hasEnded = status === 'ended';
  useEffect(() => {
    if (hasEnded) announce(t('recording.end.title'));
  }, [hasEnded, t]);
  const again = (
    <Button size="small" icon={ReloadIcon} onPress={() => player.retry()}>
      {t('app.tryAgain')}
    </Button>
  );
  return (
    <div className="recording-says">
      {trouble && (status === 'waiting' || refusedText(trouble) !== undefined) ? (
        <Banner tone="warn" announce="polite" title={t('recording.trouble')} action={again}>
          {t(refusedText(trouble) ?? 'recording.trouble.text')} {refusedText(trouble) ? null : refusal(trouble.code)}
        </Banner>
      ) : null}
      {isBlocked ? (
        <Banner
          announce="polite"
          action={
            <Button size="small" kind="primary" icon={PlayIcon} onPress={() => player.play()}>
              {t('recording.blocked.action')}
            </Button>
          }
        >
          {t('recording.blocked')}
        </Banner>
      ) : null}
      {offersSaver ? <OffersSaver player={player} onWish={onWish} /> : null}
      {unheard === null ? null : (
        <Banner tone="warn" title={t(unheard === 'unheard' ? 'recording.unheard' : 'recording.unplayable.sound')}>
          {t(unheard === 'unheard' ? 'recording.unheard.advice' : 'recording.unplayable.advice')}
        </Banner>
      )}
      {lacks.length > 0 ? <Lacks lacks={lacks} /> : null}
      {status === 'caught-up' ? <Banner announce="polite">{t('recording.caughtUp')}</Banner> : null}
      {hasEnded ? (
        <Banner
          title={t('recording.end.title')}
          action={
            <Button size="small" onPress={() => player.play()}>
              {t('recording.end.again')}
            </Button>
          }
        >
          {manifest.endReason ? reason('recording', manifest.endReason) : null}
        </Banner>
      ) : null}
    </div>
  );
}

function OffersSaver({ player, onWish }: Pick<SaysProps, 'player' | 'onWish'>) {
  const { t } = useText();
  return (
    <Banner
      announce="polite"
      icon={SaveDataIcon}
      title={t('recording.saver.offer')}
      onDismiss={() => player.declineSaver()}
      action={
        <>
          <Button size="small" onPress={() => onWish({ saver: 'screen' })}>
            {t('recording.saver.screen')}
          </Button>
          <Button size="small" onPress={() => onWish({ saver: 'sound' })}>
            {t('recording.saver.sound')}
          </Button>
        </>
      }
    >
      {t('recording.saver.offerText')}
    </Banner>
  );
}

const gapReasons = {
  recorder: 'recording.lack.recorder',
  server: 'recording.lack.server',
  media: 'recording.lack.media',
  storage: 'recording.lack.storage',
} as const satisfies Partial<Record<Lack['why'], TextKey>>;

const sources = {
  microphone: 'recording.lack.microphone',
  camera: 'recording.lack.camera',
  screen: 'recording.lack.screen',
  'screen-audio': 'recording.lack.screenAudio',
} as const satisfies Record<NonNullable<Lack['source']>, TextKey>;

function Lacks({ lacks }: { readonly lacks: readonly Lack[] }) {
  const texts = useText();
  const { t } = texts;
  const words = ({ why, name, source, fromMs, lengthMs }: Lack): ReactNode => {
    const values = { at: clock(fromMs), time: shortly(texts, lengthMs) };
    if (source !== null && name !== null) return t(sources[source], { ...values, name });
    return why === 'recorder' || why === 'server' || why === 'media' || why === 'storage' ? t(gapReasons[why], values) : null;
  };
  return (
    <Banner tone="warn" announce="polite" title={t('recording.lack.title')}>
      <ul className="recording-lacks">
        {lacks.map((lack) => (
          <li key={`${lack.why} ${lack.name} ${lack.source} ${lack.fromMs}`}>{words(lack)}</li>
        ))}
      </ul>
    </Banner>
  );
}
