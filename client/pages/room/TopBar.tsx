// What this class is, how long it runs, whether it is recorded, how many are here, how good one's line is.

import { Button as AriaButton } from 'react-aria-components';
import { clock, useText } from '../../i18n/index.ts';
import { peopleIn } from '../../session/state.ts';
import { useRoom } from '../../session/useSession.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { GridIcon, LockIcon, MaximizeIcon, PeopleIcon, SpeakerViewIcon } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { useClassroom, useNow, useObservable } from './classroom.ts';
import { LineChip } from './line/LineChip.tsx';
import { SignalBars } from './SignalBars.tsx';
import type { StageMode } from './stage.ts';

export function TopBar() {
  const { t } = useText();
  const room = useRoom((state) => state.room);
  return (
    <header className="top-bar">
      <div className="top-bar-what">
        <h1 className="top-bar-title" title={`${room.courseTitle} · ${room.title}`}>
          <span className="top-bar-course">{room.courseTitle}</span>
          <span className="top-bar-lesson">{room.title}</span>
        </h1>
        <span className="top-bar-kind">{t(`timetable.kind.${room.kind}`)}</span>
      </div>
      <div className="top-bar-state">
        <RecordingLight />
        <TimeLeft />
        {room.locked ? (
          <Tooltip text={t('room.locked')}>
            <AriaButton className="top-bar-sign" aria-label={t('room.locked')}>
              <LockIcon />
            </AriaButton>
          </Tooltip>
        ) : null}
        <Count />
        <LineChip />
        <OwnLine />
        <ViewMenu />
      </div>
    </header>
  );
}

function RecordingLight() {
  const { t } = useText();
  const recording = useRoom((room) => room.room.recording);
  const offset = useRoom((room) => room.clockOffsetMs);
  const now = useNow(1_000);
  if (recording.state === 'off') return null;
  const paused = recording.state === 'paused';
  const lasts = recording.startedAt === null ? '' : clock(now + offset - recording.startedAt);
  return (
    <span
      className={cx('recording-light', paused && 'recording-light-paused')}
      role="img"
      aria-label={t(paused ? 'room.recording.paused' : 'room.recording.on')}
    >
      <span className="recording-dot" />
      <span className="recording-word">{t('room.recording.short')}</span>
      <span className="tabular recording-time">{paused ? t('room.recording.pausedShort') : lasts}</span>
    </span>
  );
}

/** The time of the lesson: how long it runs, and a warning before the door closes. */
function TimeLeft() {
  const { t, time } = useText();
  const { startsAt, endsAt, closesAt } = useRoom((state) => state.room);
  const offset = useRoom((state) => state.clockOffsetMs);
  const now = useNow(1_000) + offset;
  if (now > endsAt) {
    return (
      <span className="top-bar-time top-bar-time-late tabular">{t('room.time.closes', { left: clock(Math.max(0, closesAt - now)) })}</span>
    );
  }
  if (now < startsAt) return <span className="top-bar-time tabular">{t('room.time.starts', { left: clock(startsAt - now) })}</span>;
  return (
    <Tooltip text={t('room.time.until', { time: time(endsAt) })} placement="bottom">
      <AriaButton className="top-bar-time tabular" aria-label={t('room.time.runs', { time: clock(now - startsAt) })}>
        {clock(now - startsAt)}
      </AriaButton>
    </Tooltip>
  );
}

function Count() {
  const { t, number } = useText();
  const { panel } = useClassroom();
  const count = useRoom(peopleIn);
  return (
    <Tooltip text={t('app.person.count', { n: count })} placement="bottom">
      <AriaButton className="top-bar-sign tabular" aria-label={t('app.person.count', { n: count })} onPress={() => panel.set('people')}>
        <PeopleIcon />
        {number(count)}
      </AriaButton>
    </Tooltip>
  );
}

function OwnLine() {
  const { t, number } = useText();
  const line = useRoom((state) => state.lines.get(state.self.participantId));
  if (!line || line.quality === 'unknown') return null;
  const percent = { style: 'percent', maximumFractionDigits: 1 } as const;
  const figures = t('room.line.figures', {
    roundTrip: line.roundTripMs === null ? '–' : number(Math.round(line.roundTripMs)),
    lossUp: number(line.lossUp, percent),
    lossDown: number(line.lossDown, percent),
    up: number(line.upBps / 1_000_000, { maximumFractionDigits: 1 }),
    down: number(line.downBps / 1_000_000, { maximumFractionDigits: 1 }),
  });
  return (
    <Tooltip
      text={
        <>
          {t(`room.line.${line.quality}`)}
          <br />
          {figures}
        </>
      }
      placement="bottom"
    >
      <AriaButton className="top-bar-sign" aria-label={`${t(`room.line.${line.quality}`)} ${figures}`}>
        <SignalBars quality={line.quality} />
      </AriaButton>
    </Tooltip>
  );
}

function ViewMenu() {
  const { t } = useText();
  const { stageWish } = useClassroom();
  const wish = useObservable(stageWish);
  const icons = { auto: SpeakerViewIcon, grid: GridIcon, speaker: SpeakerViewIcon } as const;
  const modes: readonly StageMode[] = ['auto', 'speaker', 'grid'];
  const act = (key: string | number) => {
    if (key === 'full') void toggleFullScreen();
    const mode = modes.find((one) => one === key);
    if (mode) stageWish.set({ mode, pinned: null });
  };
  return (
    <Menu
      aria-label={t('room.view')}
      onAction={act}
      button={<IconButton icon={icons[wish.mode]} label={t('room.view')} size="small" tooltipPlacement="bottom" />}
    >
      {modes.map((mode) => (
        <MenuItem key={mode} id={mode} icon={icons[mode]} note={t(`room.view.${mode}.note`)}>
          {t(`room.view.${mode}`)}
        </MenuItem>
      ))}
      <MenuItem id="full" icon={MaximizeIcon}>
        {t('room.view.full')}
      </MenuItem>
    </Menu>
  );
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  // Refused on iPhones, where the page is as large as it gets.
  else await document.documentElement.requestFullscreen?.().catch(() => undefined);
}
