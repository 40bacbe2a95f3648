// A moment of the recording in a list: its time, what it is, and the way there.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { clock, useText } from '../../../i18n/index.ts';
import type { Icon } from '../../../ui/icons.ts';

export type MomentProps = {
  /** Of watching time. */
  readonly atMs: number;
  readonly onGo: (atMs: number) => void;
  readonly icon: Icon;
  /** What the icon means, for those who do not see it. */
  readonly kind?: string;
  readonly isNow?: boolean;
  readonly children: ReactNode;
};

export function Moment({ atMs, onGo, icon: Sign, kind, isNow = false, children }: MomentProps) {
  return (
    <Button className="study-moment" onPress={() => onGo(atMs)} aria-current={isNow ? 'true' : undefined}>
      <span className="study-moment-time tabular">{clock(atMs)}</span>
      <Sign />
      <span className="study-moment-text">
        {kind === undefined ? null : <span className="visually-hidden">{kind}: </span>}
        {children}
      </span>
    </Button>
  );
}

/** Just the time, where the rest of the line is to be read and not pressed. */
export function TimeButton({ atMs, onGo }: Pick<MomentProps, 'atMs' | 'onGo'>) {
  const { t } = useText();
  const at = clock(atMs);
  return (
    <Button className="study-time tabular" aria-label={t('recording.panel.goTo', { time: at })} onPress={() => onGo(atMs)}>
      {at}
    </Button>
  );
}
