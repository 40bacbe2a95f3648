// Closed lists of endings: whatever ends, ends with one of these reasons.
import { z } from 'zod';

/** Why a participant or one of their devices is no longer in the room. */
export const LeaveReason = z.enum([
  'left', // pressed Leave
  'closed-page', // closed the tab or the browser
  'connection-lost', // did not come back within the grace period
  'removed', // by a teacher or an assistant
  'turned-away', // from the lobby
  'class-ended', // ended for all
  'ended-from-outside', // by an administrator, who said why
  'door-closed', // the lesson's time was over
  'replaced', // the same device came in again
  'server-stopped', // the server went down; time of the last sign of life
  'account-disabled', // by an administrator, while in class
  'signed-out', // the sign-in by which the device came was ended, while in class
  'too-much', // the device asked for far too much; its seat is kept like that of a lost line
  'right-lost', // watched over the class by a role that was taken away or limited meanwhile
]);
export type LeaveReason = z.infer<typeof LeaveReason>;

/** How a device's line was lost, or given up. */
export const LossCause = z.enum([
  'line-broken', // the socket was closed without a goodbye: the network, or the whole computer
  'line-silent', // nothing was heard for a heartbeat: the usual sign of a dead network
  'closed-page', // the browser closed the page
  'client-closed', // the page itself closed its line, to try again
  'too-slow', // the device did not take what it was sent; the server closed the line
  'server-closed', // the server closed the line of a device that asked for far too much
  'server-stopped',
]);
export type LossCause = z.infer<typeof LossCause>;

/** Of a media transport (RTCIceTransportState, as the server sees it). */
export const IceState = z.enum(['none', 'new', 'connected', 'disconnected', 'failed']);
export type IceState = z.infer<typeof IceState>;

export const PresenceCheckEndReason = z.enum(['time-over', 'withdrawn', 'class-ended', 'server-stopped']);
export type PresenceCheckEndReason = z.infer<typeof PresenceCheckEndReason>;

export const RoomCloseReason = z.enum(['ended-by-teacher', 'ended-from-outside', 'door-closed', 'empty', 'server-stopped']);
export type RoomCloseReason = z.infer<typeof RoomCloseReason>;

export const TrackCloseReason = z.enum([
  'unpublished', // by its owner
  'connection-ended',
  'forbidden',
  'transport-closed',
  'media-failed', // the media worker died; clients publish again
  'room-closed',
]);
export type TrackCloseReason = z.infer<typeof TrackCloseReason>;

/** Why a track is silent or dark just now; several may hold at once. */
export const PauseReason = z.enum([
  'self', // its owner muted it
  'muted', // a teacher or an assistant muted it; the owner may unmute
  'forbidden', // the owner lacks the right just now
  'unsupervised', // no teacher or assistant is in the room
]);
export type PauseReason = z.infer<typeof PauseReason>;

export const RecordingEndReason = z.enum(['stopped', 'class-ended', 'door-closed', 'server-stopped', 'crash', 'storage-full', 'failed']);
export type RecordingEndReason = z.infer<typeof RecordingEndReason>;
