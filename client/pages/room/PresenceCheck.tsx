// "Are you still there?": asks a student, wherever they look, and says afterwards what became of it.
import { useEffect, useRef, useState } from 'react';
import type { CheckView } from '../../../server/contract/presence-check.ts';
import { clock, useText } from '../../i18n/index.ts';
import { useRoom, useSessionState } from '../../session/useSession.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PresenceIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { callSoftly, notifyAway } from './call-attention.ts';
import { type CheckAfter, type CheckSeen, checkAfter, seenNext } from './check-after.ts';
import { useAct } from './classroom.ts';

const thankedMs = 6_000;
/** Said, and heard, once more. */
const remindMs = 20_000;

export function PresenceCheck() {
  const check = useRoom((room) => room.check, sameCheck);
  const { phase } = useSessionState();
  const [after, setAfter] = useAfter(check, phase === 'dropped');
  const over = () => setAfter('missed');
  const open = phase === 'in-room' && check?.own === 'asked' && after !== 'missed';
  return (
    <>
      {open ? <Asked key={`${check.id} ${check.closesAt}`} check={check} onOver={over} /> : null}
      {after === null ? null : <After after={after} onDismiss={() => setAfter(null)} />}
    </>
  );
}

function Asked({ check, onOver }: { readonly check: CheckView; readonly onOver: () => void }) {
  const { t } = useText();
  const act = useAct();
  const clockAheadMs = useRoom((room) => room.clockOffsetMs);
  const [answering, setAnswering] = useState(false);
  /** In this device's time. */
  const [deadline] = useState(() => check.closesAt - clockAheadMs);
  useEffect(() => {
    announce(t('check.spoken'), 'assertive');
    callSoftly();
    const takeAway = notifyAway(t('check.title'), t('check.text'));
    const title = document.title;
    document.title = `● ${t('check.title')}`;
    const timer = setTimeout(
      () => {
        announce(t('check.soon', { n: remindMs / 1000 }), 'assertive');
        callSoftly();
      },
      Math.max(0, deadline - Date.now() - remindMs),
    );
    return () => {
      clearTimeout(timer);
      takeAway();
      document.title = title;
    };
  }, [t, deadline]);
  const answer = async () => {
    setAnswering(true);
    await act('check:answer', { checkId: check.id });
    setAnswering(false);
  };
  return (
    <Dialog isOpen isDismissable={false} isKeyboardDismissDisabled role="alertdialog" size="small" title={t('check.title')}>
      <p>{t('check.text')}</p>
      <p className="check-clock" aria-hidden="true">
        <Countdown until={deadline} format={clock} onEnd={onOver} />
      </p>
      <Button
        wide
        kind="primary"
        size="large"
        className="check-answer"
        icon={PresenceIcon}
        autoFocus
        isPending={answering}
        onPress={() => void answer()}
      >
        {t('check.answer')}
      </Button>
    </Dialog>
  );
}

const tones = { thanks: 'good', missed: 'warn', excused: 'info', ended: 'info' } as const;

function After({ after, onDismiss }: { readonly after: CheckAfter; readonly onDismiss: () => void }) {
  const { t } = useText();
  return (
    <Banner tone={tones[after]} icon={PresenceIcon} announce="polite" onDismiss={onDismiss}>
      {t(`check.after.${after}`)}
    </Banner>
  );
}

/** What is to be told of the check that is over; thanks go away by themselves. */
function useAfter(check: CheckView | null, dropped: boolean) {
  const clockAheadMs = useRoom((room) => room.clockOffsetMs);
  const seen = useRef<CheckSeen>({ check, lost: dropped });
  const [after, setAfter] = useState<CheckAfter | null>(null);
  useEffect(() => {
    const before = seen.current;
    seen.current = seenNext(before, check, dropped);
    const next = checkAfter(before, check, Date.now() + clockAheadMs);
    if (next !== null) setAfter(next);
    // Asked again, or by another check: what was said of the one before is of no interest any more.
    else if (check?.own === 'asked' && check !== before.check) setAfter(null);
  }, [check, dropped, clockAheadMs]);
  useEffect(() => {
    if (after !== 'thanks') return;
    const timer = setTimeout(() => setAfter(null), thankedMs);
    return () => clearTimeout(timer);
  }, [after]);
  return [after, setAfter] as const;
}

function sameCheck(one: CheckView | null, other: CheckView | null): boolean {
  return one?.id === other?.id && one?.own === other?.own && one?.closesAt === other?.closesAt;
}
