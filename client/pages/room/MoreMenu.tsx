// What is needed less often; on a phone a sheet from below that also has what the bar has no room for.
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { panelsOf } from '../../panels/index.ts';
import { sameItems, useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import {
  HistoryIcon,
  type Icon,
  ImportantIcon,
  KeyboardIcon,
  MoreIcon,
  RecordIcon,
  SaveDataIcon,
  SettingsIcon,
  ShareScreenIcon,
  ShieldIcon,
} from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { BarButton } from './BarButton.tsx';
import { useAct, useClassroom, useObservable, useSelected } from './classroom.ts';
import { type Controls, useForbidden } from './controls.ts';
import { recordingToLookBackAt } from './look-back/look-back.ts';
import { ReactionRow } from './ReactionMenu.tsx';
import { useMark } from './RecordButton.tsx';
import { useMedia } from './useMedia.ts';

type Item = { readonly id: string; readonly icon: Icon; readonly text: string; readonly act: () => void };

export function MoreMenu({ controls }: { readonly controls: Controls }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const phone = useMedia('(max-width: 599px)');
  const items = useItems(controls, phone);
  const mayReact = useRoom((room) => room.self.actions.has('react'));
  const hidden = useHiddenCount();
  if (!phone) {
    return (
      <Menu
        aria-label={t('room.more')}
        placement="top end"
        onAction={(key) => items.find((item) => item.id === key)?.act()}
        button={<BarButton icon={MoreIcon} name={t('room.more')} hint={t('room.more')} />}
      >
        {items.map(({ id, icon, text }) => (
          <MenuItem key={id} id={id} icon={icon}>
            {text}
          </MenuItem>
        ))}
      </Menu>
    );
  }
  return (
    <>
      <BarButton
        icon={MoreIcon}
        name={t('room.more')}
        hint={t('room.more')}
        aria-expanded={open}
        aria-haspopup="dialog"
        badge={hidden}
        onPress={() => setOpen(true)}
      />
      <Drawer isOpen={open} onOpenChange={setOpen} title={t('room.more')} side="bottom">
        {mayReact ? (
          <fieldset className="reaction-row" aria-label={t('room.reactions')}>
            <ReactionRow
              react={(reaction) => {
                controls.react(reaction);
                setOpen(false);
              }}
            />
          </fieldset>
        ) : null}
        <div className="more-list">
          {items.map(({ id, icon, text, act }) => (
            <Button
              key={id}
              kind="quiet"
              wide
              icon={icon}
              onPress={() => {
                setOpen(false);
                act();
              }}
            >
              {text}
            </Button>
          ))}
        </div>
      </Drawer>
    </>
  );
}

/** What waits in the panels that a phone has behind this button. */
function useHiddenCount(): number {
  const { readUntil } = useClassroom();
  const seen = useObservable(readUntil);
  return useRoom((room) => panelsOf(room).reduce((sum, { id, count }) => (id === 'chat' ? sum : sum + count(room, seen)), 0));
}

function useItems(controls: Controls, phone: boolean): readonly Item[] {
  const { t } = useText();
  const { dialog, engine, lookBack, panel } = useClassroom();
  const act = useAct();
  const mark = useMark();
  const recordingId = useRoom(recordingToLookBackAt);
  const sharing = useSelected(engine.own.screen, (screen) => screen.status !== 'off');
  const screenForbidden = useForbidden('screen');
  const actions = useRoom((room) => room.self.actions);
  const recording = useRoom((room) => room.room.recording.state);
  const rule = useRoom((room) => room.room.recordingRule);
  const panels = useRoom(panelsOf, sameItems);
  const items: Item[] = [];
  if (phone) {
    for (const { id, icon, title } of panels) if (id !== 'chat') items.push({ id, icon, text: t(title), act: () => panel.set(id) });
    // Browsers of phones cannot share a screen.
    if (!screenForbidden && 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices) {
      items.push({
        id: 'screen',
        icon: ShareScreenIcon,
        text: t(sharing ? 'room.shareScreen.stop' : 'room.shareScreen'),
        act: controls.screen,
      });
    }
    if (actions.has('record') && rule !== 'never') {
      const next = recording === 'off' ? 'recording:start' : recording === 'paused' ? 'recording:resume' : 'recording:pause';
      const words = recording === 'off' ? 'room.record.start' : recording === 'paused' ? 'room.record.resume' : 'room.record.pause';
      items.push({ id: 'record', icon: RecordIcon, text: t(words), act: () => void act(next, {}) });
      if (recording === 'recording') items.push({ id: 'mark', icon: ImportantIcon, text: t('room.record.mark'), act: () => void mark() });
      if (recording !== 'off' && rule !== 'always')
        items.push({ id: 'stop', icon: RecordIcon, text: t('room.record.stop'), act: () => void act('recording:stop', {}) });
    }
  }
  if (phone && recordingId !== null)
    items.push({
      id: 'look-back',
      icon: HistoryIcon,
      text: t('room.lookBack.hint'),
      act: () => lookBack.set({ recordingId, fromMs: 0, how: 'instead' }),
    });
  if (actions.has('forbid')) items.push({ id: 'rules', icon: ShieldIcon, text: t('room.rules.title'), act: () => dialog.set('rules') });
  items.push({
    id: 'save-data',
    icon: SaveDataIcon,
    text: t('room.saveData'),
    act: () => dialog.set('line'),
  });
  items.push({ id: 'settings', icon: SettingsIcon, text: t('room.settings'), act: () => dialog.set('settings') });
  if (!phone) items.push({ id: 'shortcuts', icon: KeyboardIcon, text: t('room.shortcuts'), act: () => dialog.set('shortcuts') });
  return items;
}
