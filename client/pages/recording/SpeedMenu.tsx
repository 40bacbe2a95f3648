// How fast it plays, and whether silence is left out.
import { Button } from 'react-aria-components';
import { useText } from '../../i18n/index.ts';
import { type PlayerState, speeds } from '../../player/state.ts';
import { SpeedIcon } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuSection } from '../../ui/Menu.tsx';
import type { Wishes } from './viewer-wishes.ts';

export type SpeedMenuProps = {
  readonly state: Pick<PlayerState, 'speed' | 'skipsSilence'>;
  /** It is known where nobody speaks. */
  readonly knowsSilence: boolean;
  readonly onWish: (wish: Partial<Wishes>) => void;
};

export function SpeedMenu({ state: { speed, skipsSilence }, knowsSilence, onWish }: SpeedMenuProps) {
  const { t, number } = useText();
  const name = (value: number) => t('recording.speedTimes', { speed: number(value) });
  return (
    <Menu
      aria-label={t('recording.speed')}
      placement="top end"
      button={
        <Button className="recording-speed" aria-label={t('recording.speedNow', { speed: number(speed) })}>
          <SpeedIcon />
          <span className="tabular">{name(speed)}</span>
        </Button>
      }
    >
      {knowsSilence ? (
        <MenuSection
          title={t('recording.silence')}
          selectionMode="multiple"
          selectedKeys={skipsSilence ? ['silence'] : []}
          onSelectionChange={(chosen) => onWish({ skipsSilence: chosen === 'all' || chosen.has('silence') })}
        >
          <MenuItem id="silence">{t('recording.skipSilence')}</MenuItem>
        </MenuSection>
      ) : null}
      <MenuSection
        title={t('recording.speed')}
        selectionMode="single"
        selectedKeys={[String(speed)]}
        onSelectionChange={(chosen) => {
          const next = speeds.find((one) => chosen !== 'all' && chosen.has(String(one)));
          if (next !== undefined) onWish({ speed: next });
        }}
      >
        {speeds.map((one) => (
          <MenuItem key={one} id={String(one)} {...(one === 1 ? { note: t('recording.speedUsual') } : {})}>
            {name(one)}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
