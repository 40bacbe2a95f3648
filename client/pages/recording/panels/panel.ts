// What each of the panels beside the player is given.
import type { Study } from './study.ts';

export type PanelProps = {
  readonly study: Study;
  /** Of watching time. */
  readonly positionMs: number;
  readonly onGo: (atMs: number) => void;
};
