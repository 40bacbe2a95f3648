// The registry of what can be opened beside the stage: one line a panel.
import type { ComponentType } from 'react';
import type { TextKey } from '../i18n/index.ts';
import { ChatIcon, HandIcon, type Icon, PeopleIcon } from '../ui/icons.ts';
import { ChatPanel } from './chat/ChatPanel.tsx';
import { useUnread } from './chat/unread.ts';
import { HandsPanel, useRaisedHands } from './hands/HandsPanel.tsx';
import { PeoplePanel } from './people/PeoplePanel.tsx';

export type PanelId = 'people' | 'chat' | 'hands';

export interface PanelEntry {
  readonly id: PanelId;
  readonly title: TextKey;
  readonly icon: Icon;
  readonly Component: ComponentType;
  /** A hook: how many things wait to be looked at. */
  readonly useCount: () => number;
}

export const panels: readonly PanelEntry[] = [
  { id: 'people', title: 'room.people', icon: PeopleIcon, Component: PeoplePanel, useCount: () => 0 },
  { id: 'chat', title: 'room.chat', icon: ChatIcon, Component: ChatPanel, useCount: useUnread },
  { id: 'hands', title: 'room.hands', icon: HandIcon, Component: HandsPanel, useCount: useRaisedHands },
];
