// The presence check of who teaches: ask now or at a random moment, see who answers, take it back.
import { useText } from '../../i18n/index.ts';
import { useAct } from '../../pages/room/classroom.ts';
import type { RoomState } from '../../session/state.ts';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { ChevronDownIcon, PresenceIcon } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { CheckOutcome } from './CheckOutcome.tsx';

const withinMinutes = [5, 15, 30];
const minuteMs = 60_000;

export function PresenceChecks() {
  const { t, time } = useText();
  const act = useAct();
  const result = useRoom((room) => room.checkResult);
  const planned = useRoom((room) => room.plannedCheck);
  const somebody = useRoom(hasSomebodyToAsk);
  const running = result !== null && result.endedAt === null;
  return (
    <section className="live-part">
      <h3 className="live-title">{t('live.check.title')}</h3>
      {running || planned ? null : (
        <>
          <p className="live-note">{t(somebody ? 'live.check.text' : 'live.check.nobody')}</p>
          <div className="live-buttons">
            <Button icon={PresenceIcon} isDisabled={!somebody} onPress={() => void act('check:start', { withinMinutes: 0 })}>
              {t('live.check.now')}
            </Button>
            <Menu
              aria-label={t('live.check.random')}
              placement="bottom start"
              onAction={(key) => void act('check:start', { withinMinutes: Number(key) })}
              button={
                <Button icon={ChevronDownIcon} isDisabled={!somebody}>
                  {t('live.check.random')}
                </Button>
              }
            >
              {withinMinutes.map((n) => (
                <MenuItem key={n} id={n}>
                  {t('live.check.within', { n })}
                </MenuItem>
              ))}
            </Menu>
          </div>
        </>
      )}
      {planned && !running ? (
        <div className="live-buttons">
          <p className="live-planned tabular" role="status">
            {t('live.check.planned', { time: time(planned.plannedAt + planned.withinMinutes * minuteMs) })}
          </p>
          <Button onPress={() => void act('check:withdraw', {})}>{t('live.check.cancelPlan')}</Button>
        </div>
      ) : null}
      {result ? <CheckOutcome key={result.id} result={result} /> : null}
    </section>
  );
}

function hasSomebodyToAsk(room: RoomState): boolean {
  for (const { role } of room.participants.values()) if (role === 'student' || role === 'guest') return true;
  return false;
}
