// The panels beside the stage: docked on a wide page, a drawer on a narrower one, a full sheet on a phone.
import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/index.ts';
import { type PanelId, panelsOf } from '../../panels/index.ts';
import { sameItems, useRoom } from '../../session/useSession.ts';
import { Drawer } from '../../ui/Drawer.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { useClassroom, useObservable } from './classroom.ts';
import { useMedia } from './useMedia.ts';

export function SidePanel() {
  const { t } = useText();
  const { panel } = useClassroom();
  const panels = useRoom(panelsOf, sameItems);
  const wanted = useObservable(panel);
  // Who no longer leads the class loses what was only for them.
  const open = panels.some(({ id }) => id === wanted) ? wanted : null;
  const docked = useMedia('(min-width: 1100px)');
  const last = useRef<PanelId>('chat');
  useEffect(() => {
    if (open) last.current = open;
  }, [open]);
  // A window that became narrow shows the class, not what lay beside it.
  useEffect(() => {
    if (!docked) panel.set(null);
  }, [docked, panel]);

  if (docked) {
    if (!open) return null;
    return (
      <aside className="side-panel" aria-label={t('room.panels')}>
        <PanelTabs open={open} />
        <IconButton
          className="side-panel-close"
          icon={CloseIcon}
          label={t('room.panel.close')}
          size="small"
          onPress={() => panel.set(null)}
        />
      </aside>
    );
  }
  const shown = open ?? last.current;
  const title = panels.find((entry) => entry.id === shown)?.title ?? 'room.panels';
  return (
    <Drawer isOpen={open !== null} onOpenChange={(isOpen) => !isOpen && panel.set(null)} title={t(title)}>
      <PanelTabs open={shown} />
    </Drawer>
  );
}

function PanelTabs({ open }: { readonly open: PanelId }) {
  const { t } = useText();
  const { panel, readUntil } = useClassroom();
  const panels = useRoom(panelsOf, sameItems);
  const seen = useObservable(readUntil);
  const counts = useRoom((room) => panelsOf(room).map((entry) => entry.count(room, seen)), sameItems);
  return (
    <Tabs
      fill
      className="side-panel-tabs"
      label={t('room.panels')}
      selected={open}
      onSelect={(id) => panel.set(id)}
      views={panels.map(({ id, title, Component }, index) => ({ id, title: t(title), count: counts[index], content: <Component /> }))}
    />
  );
}
