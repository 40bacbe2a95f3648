// Chooses the container for a picture's codec: MP4 wherever browsers play it there, WebM for VP8, which MP4 cannot hold.

import type { VideoConfig } from './codec.ts';
import type { Container } from './container.ts';
import { h264Mp4, vp9Mp4 } from './mp4.ts';
import { Vp8Webm } from './webm.ts';

export const containerFor = (config: VideoConfig): Container => {
  switch (config.codec) {
    case 'h264':
      return h264Mp4(config);
    case 'vp9':
      return vp9Mp4(config);
    case 'vp8':
      return new Vp8Webm(config);
  }
};
