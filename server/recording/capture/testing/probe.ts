// For tests: what ffprobe and ffmpeg say of a file.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const Probed = z.object({
  streams: z.array(z.object({ codec_name: z.string(), width: z.number().optional(), height: z.number().optional() })),
  packets: z.array(z.object({ pts_time: z.string(), flags: z.string(), size: z.string() })),
});

export type ProbedPacket = { readonly timeMs: number; readonly key: boolean; readonly bytes: number };

export const probe = async (path: string) => {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-show_packets', '-of', 'json', path], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { streams, packets } = Probed.parse(JSON.parse(stdout));
  return {
    codec: streams[0]?.codec_name,
    width: streams[0]?.width,
    height: streams[0]?.height,
    packets: packets.map(
      (packet): ProbedPacket => ({
        timeMs: Number(packet.pts_time) * 1000,
        key: packet.flags.startsWith('K'),
        bytes: Number(packet.size),
      }),
    ),
  };
};

/** Decodes everything; answers what the decoder complained of, empty when it is sound. */
export const complaints = async (path: string): Promise<string> => {
  const { stderr } = await run(
    'ffmpeg',
    ['-hide_banner', '-loglevel', 'error', '-nostdin', '-i', path, '-vsync', 'passthrough', '-enc_time_base', '1:90000', '-f', 'null', '-'],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stderr.trim();
};
