// What other systems may be told of a lesson: the kinds of events that leave the server.

export const told = [
  'room-opened',
  'room-closed',
  'participant-joined',
  'participant-left',
  'hand-raised',
  'hand-lowered',
  'message-posted',
  'presence-check-begun',
  'presence-check-answered',
  'track-published',
  'track-paused',
  'track-resumed',
  'track-closed',
  'recording-started',
  'recording-stopped',
  'recording-watched',
  'register-signed',
  'register-corrected',
  'register-reopened',
] as const;
export type Told = (typeof told)[number];
