// The class itself: top bar, stage, panel and controls, in a dark frame around the pictures.
import { usePageTitle } from '../../app/page-title.ts';
import { useForcedTheme } from '../../app/theme.ts';
import { useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { SkipLink } from '../../ui/SkipLink.tsx';
import { Announcements } from './Announcements.tsx';
import { Banners } from './Banners.tsx';
import { ControlBar } from './ControlBar.tsx';
import { useClassroom, useSelected } from './classroom.ts';
import { useControls } from './controls.ts';
import { Dialogs } from './Dialogs.tsx';
import { LookBackPlace } from './look-back/LookBackPlace.tsx';
import { SidePanel } from './SidePanel.tsx';
import { Stage } from './Stage.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';

export function Classroom() {
  const { t } = useText();
  const title = useRoom((room) => room.room.title);
  const controls = useControls();
  const { lookBack } = useClassroom();
  // Pictures that are not on the page are not sent either.
  const isAway = useSelected(lookBack, (look) => look?.how === 'instead');
  usePageTitle(title);
  useForcedTheme('dark');
  useShortcuts(controls);
  return (
    <div className="classroom">
      <SkipLink target="controls">{t('room.skipToControls')}</SkipLink>
      <TopBar />
      <main className="classroom-main">
        <Banners />
        {isAway ? null : <Stage />}
        <LookBackPlace />
      </main>
      <SidePanel />
      <div id="controls" tabIndex={-1} className="classroom-controls">
        <ControlBar controls={controls} />
      </div>
      <Dialogs />
      <Announcements />
    </div>
  );
}
