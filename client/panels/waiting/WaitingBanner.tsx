// Who waits outside, for those who may let them in: calm, by name, one or all.
import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/index.ts';
import { useAct } from '../../pages/room/classroom.ts';
import { useRoom } from '../../session/useSession.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { DoorIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import './waiting.css';

/** More names than this are a crowd; the rest is a number. */
const namesShown = 4;

export function WaitingBanner() {
  const { t } = useText();
  const act = useAct();
  const waiting = useRoom((room) => room.waiting);
  const mayAdmit = useRoom((room) => room.self.actions.has('admit'));
  const before = useRef(0);
  useEffect(() => {
    if (mayAdmit && waiting.length > before.current) announce(t('room.waitingList.title', { n: waiting.length }));
    before.current = waiting.length;
  }, [waiting, mayAdmit, t]);
  if (!mayAdmit || waiting.length === 0) return null;
  const more = waiting.length - namesShown;
  return (
    <Banner
      icon={DoorIcon}
      title={t('room.waitingList.title', { n: waiting.length })}
      action={
        waiting.length > 1 ? (
          <Button size="small" kind="primary" onPress={() => void act('room:admit', { all: true })}>
            {t('room.waitingList.admitAll')}
          </Button>
        ) : null
      }
    >
      <ul className="waiting-list">
        {waiting.slice(0, namesShown).map(({ participantId, name, why }) => (
          <li key={participantId} className="waiting-person">
            <span className="waiting-name">
              {name} <span className="waiting-why">{t(`room.waitingList.why.${why}`)}</span>
            </span>
            <span className="waiting-actions">
              <Button
                size="small"
                onPress={() => void act('room:admit', { participantId })}
                aria-label={t('room.waitingList.admitName', { name })}
              >
                {t('room.waitingList.admit')}
              </Button>
              <Button
                size="small"
                kind="quiet"
                onPress={() => void act('room:turn-away', { participantId })}
                aria-label={t('room.waitingList.turnAwayName', { name })}
              >
                {t('room.waitingList.turnAway')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{t('room.waitingList.more', { n: more })}</p> : null}
    </Banner>
  );
}
