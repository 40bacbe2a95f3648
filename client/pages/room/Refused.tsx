// Why someone cannot come in just now, and what they can do; who is early sees the time run down.
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { RefusalDetails } from '../../../server/contract/reply.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { forgetGuestTokens, guestTokenOf } from '../../app/guest-tokens.ts';
import { signInAddress } from '../../app/next-address.ts';
import { useSession } from '../../app/session.tsx';
import { clock, useText } from '../../i18n/index.ts';
import type { FailureCode } from '../../session/outcome.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { CalendarIcon, ClockIcon, DoorIcon, LockIcon, PeopleIcon, ReloadIcon, WarningIcon } from '../../ui/icons.ts';
import { useClassroom } from './classroom.ts';
import { Notice } from './Notice.tsx';

const longWaitMs = 3_600_000;

/** Before the door is open; the lobby follows by itself. */
export function Early({
  opensAt,
  title,
  onOpen,
}: {
  readonly opensAt: number;
  readonly title: string | undefined;
  readonly onOpen: () => void;
}) {
  const { t, duration } = useText();
  // Whoever is a day early wants no running seconds.
  const left = (ms: number) => (ms > longWaitMs ? duration(ms) : clock(ms));
  // The clock of this device may be slow; the server's is the one that counts.
  const actions = (
    <div className="room-notice-actions">
      <Button onPress={onOpen}>{t('room.early.now')}</Button>
      <ToTimetable />
    </div>
  );
  return (
    <Notice icon={ClockIcon} title={t('room.early.title')} action={actions}>
      {title ? <p className="room-notice-lesson">{title}</p> : null}
      <p className="room-countdown">
        <Countdown until={opensAt} format={left} onEnd={onOpen} />
      </p>
      <p>{t('room.early.text')}</p>
    </Notice>
  );
}

function ToTimetable() {
  const { t } = useText();
  const { state } = useSession();
  if (state !== 'signed-in') return null;
  return (
    <ButtonLink icon={CalendarIcon} href="/">
      {t('room.ended.timetable')}
    </ButtonLink>
  );
}

export function Refused({
  code,
  details,
  lesson,
}: {
  readonly code: FailureCode;
  readonly details: RefusalDetails | undefined;
  readonly lesson: Lesson | null;
}) {
  const { t, refusal } = useText();
  const { session } = useClassroom();
  const again = useCallback(() => session.reset(), [session]);
  const { unknown, cameAsGuest } = useForgottenGuest(code, session.lessonId);
  const opensAt = typeof details?.opensAt === 'number' ? details.opensAt : undefined;
  if (code === 'too-early' && opensAt !== undefined) return <Early opensAt={opensAt} title={lesson?.title} onOpen={again} />;
  if (code === 'protocol-outdated') {
    return (
      <Notice
        icon={ReloadIcon}
        title={t('room.outdated.title')}
        action={
          <Button kind="primary" icon={ReloadIcon} onPress={() => location.reload()}>
            {t('room.outdated.reload')}
          </Button>
        }
      >
        <p>{refusal(code)}</p>
      </Notice>
    );
  }
  const final = code === 'lesson-over' || code === 'lesson-cancelled' || code === 'removed' || code === 'turned-away';
  const actions = (
    <div className="room-notice-actions">
      {unknown ? (
        <SignIn cameAsGuest={cameAsGuest} />
      ) : final ? null : (
        <Button kind="primary" icon={ReloadIcon} onPress={again}>
          {t('room.refused.again')}
        </Button>
      )}
      <ToTimetable />
    </div>
  );
  return (
    <Notice icon={iconOf(code)} title={t(final ? 'room.refused.final' : 'room.refused.title')} action={actions}>
      {lesson ? <p className="room-notice-lesson">{lesson.title}</p> : null}
      <p>{unknown && cameAsGuest ? t('identity.guest.invalid.text') : refusal(code)}</p>
    </Notice>
  );
}

/** Who the server no longer knows signs in and comes back; a guest's token that it refused would only be refused again. */
function useForgottenGuest(code: FailureCode, lessonId: LessonId): { readonly unknown: boolean; readonly cameAsGuest: boolean } {
  const { retry } = useSession();
  const unknown = code === 'not-signed-in' || code === 'token-expired';
  const spent = unknown || code === 'guests-not-allowed';
  const [cameAsGuest] = useState(() => spent && guestTokenOf(lessonId) !== undefined);
  useEffect(() => {
    if (cameAsGuest) forgetGuestTokens(lessonId);
    // The page to sign in turns back whoever still seems to be signed in.
    else if (unknown) retry();
  }, [cameAsGuest, unknown, lessonId, retry]);
  return { unknown, cameAsGuest };
}

function SignIn({ cameAsGuest }: { readonly cameAsGuest: boolean }) {
  const { t } = useText();
  const location = useLocation();
  return (
    <ButtonLink kind="primary" href={signInAddress(location)}>
      {t(cameAsGuest ? 'identity.guest.signIn' : 'identity.signIn.button')}
    </ButtonLink>
  );
}

function iconOf(code: FailureCode) {
  switch (code) {
    case 'room-locked':
      return LockIcon;
    case 'room-full':
      return PeopleIcon;
    case 'removed':
    case 'turned-away':
      return DoorIcon;
    case 'lesson-over':
    case 'too-early':
      return ClockIcon;
    default:
      return WarningIcon;
  }
}
