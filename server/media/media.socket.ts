// The socket requests of media: names and shapes to calls of the service.
import type { Handlers } from '../edge/answer.ts';
import type { MediaService } from './media.service.ts';

type MediaRequest =
  | 'media:open'
  | 'media:connect'
  | 'media:restart-ice'
  | 'media:catch-up'
  | 'media:receive'
  | 'media:publish'
  | 'media:pause'
  | 'media:resume'
  | 'media:unpublish'
  | 'media:ready'
  | 'media:view'
  | 'media:still';

const phases = ['in-room'] as const;

export function mediaHandlers(media: MediaService): Handlers<MediaRequest, 'in-room'> {
  return {
    'media:open': { phases, handle: ({ direction }, { connection }) => media.open(connection, direction) },
    'media:connect': {
      phases,
      handle: async ({ transportId, dtlsParameters }, { connection }) => {
        await media.connect(connection, transportId, dtlsParameters);
        return {};
      },
    },
    'media:restart-ice': {
      phases,
      handle: async ({ transportId }, { connection }) => ({
        iceParameters: await media.restartIce(connection, transportId),
        iceServers: media.describe(connection.personId).iceServers,
      }),
    },
    'media:catch-up': { phases, handle: (_input, { connection }) => media.catchUp(connection) },
    'media:receive': {
      phases,
      handle: async ({ rtpCapabilities }, { connection }) => {
        await media.receive(connection, rtpCapabilities);
        return {};
      },
    },
    'media:publish': { phases, handle: (publication, { connection }) => media.publish(connection, publication) },
    'media:pause': {
      phases,
      handle: async ({ trackId }, { connection }) => {
        await media.pause(connection, trackId);
        return {};
      },
    },
    'media:resume': {
      phases,
      handle: async ({ trackId }, { connection }) => {
        await media.resume(connection, trackId);
        return {};
      },
    },
    'media:unpublish': {
      phases,
      handle: async ({ trackId }, { connection }) => {
        await media.unpublish(connection, trackId);
        return {};
      },
    },
    'media:ready': {
      phases,
      handle: async ({ consumerIds }, { connection }) => ({ unknown: await media.ready(connection, consumerIds) }),
    },
    'media:view': {
      phases,
      handle: async (view, { connection }) => {
        await media.view(connection, view);
        return {};
      },
    },
    'media:still': {
      phases,
      handle: async (still, { connection }) => {
        media.still(connection, still);
        return {};
      },
    },
  };
}
