// The registry of what can be opened beside the stage: one line a panel.
import type { ComponentType } from 'react';
import type { Action } from '../../server/contract/room.ts';
import type { TextKey } from '../i18n/index.ts';
import type { RoomState } from '../session/state.ts';
import { ChatIcon, HandIcon, type Icon, PeopleIcon, RegisterIcon } from '../ui/icons.ts';
import { AttendancePanel } from './attendance/AttendancePanel.tsx';
import { ChatPanel } from './chat/ChatPanel.tsx';
import { unread } from './chat/unread.ts';
import { HandsPanel, raisedHands } from './hands/HandsPanel.tsx';
import { PeoplePanel } from './people/PeoplePanel.tsx';

export type PanelId = 'people' | 'chat' | 'hands' | 'attendance';

export interface PanelEntry {
  readonly id: PanelId;
  readonly title: TextKey;
  readonly icon: Icon;
  readonly Component: ComponentType;
  /** How many things wait to be looked at; messages up to `readUntil` have been. */
  readonly count: (room: RoomState, readUntil: number) => number;
  /** Only for those who may do this. */
  readonly needs?: Action;
}

const panels: readonly PanelEntry[] = [
  { id: 'people', title: 'room.people', icon: PeopleIcon, Component: PeoplePanel, count: () => 0 },
  { id: 'chat', title: 'room.chat', icon: ChatIcon, Component: ChatPanel, count: unread },
  { id: 'hands', title: 'room.hands', icon: HandIcon, Component: HandsPanel, count: (room) => raisedHands(room).length },
  { id: 'attendance', title: 'live.title', icon: RegisterIcon, Component: AttendancePanel, count: () => 0, needs: 'see-register' },
];

/** What this person can open; compare with `sameItems`. */
export function panelsOf({ self }: RoomState): readonly PanelEntry[] {
  return panels.filter(({ needs }) => needs === undefined || self.actions.has(needs));
}
