// The registry of what can be opened beside the stage: one line a panel.
import type { ComponentType } from 'react';
import type { TextKey } from '../i18n/index.ts';
import type { RoomState } from '../session/state.ts';
import { ChatIcon, HandIcon, type Icon, PeopleIcon } from '../ui/icons.ts';
import { ChatPanel } from './chat/ChatPanel.tsx';
import { unread } from './chat/unread.ts';
import { HandsPanel, raisedHands } from './hands/HandsPanel.tsx';
import { PeoplePanel } from './people/PeoplePanel.tsx';

export type PanelId = 'people' | 'chat' | 'hands';

export interface PanelEntry {
  readonly id: PanelId;
  readonly title: TextKey;
  readonly icon: Icon;
  readonly Component: ComponentType;
  /** How many things wait to be looked at; messages up to `readUntil` have been. */
  readonly count: (room: RoomState, readUntil: number) => number;
}

export const panels: readonly PanelEntry[] = [
  { id: 'people', title: 'room.people', icon: PeopleIcon, Component: PeoplePanel, count: () => 0 },
  { id: 'chat', title: 'room.chat', icon: ChatIcon, Component: ChatPanel, count: unread },
  { id: 'hands', title: 'room.hands', icon: HandIcon, Component: HandsPanel, count: (room) => raisedHands(room).length },
];
