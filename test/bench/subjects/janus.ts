// Debian's Janus with its video room as a subject; configured for loopback and one class.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preload } from '../loadgen/build.ts';
import { type Dress, uris, type VideoCodec } from '../loadgen/tracks.ts';
import { type Cores, pinned } from './child.ts';
import { answerTo, extensionIn, offerOf, remoteOfSdp } from './janus-sdp.ts';
import { JanusSession } from './janus-session.ts';
import type { Subject } from './subject.ts';

const library = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/janus`;
const plugin = 'janus.plugin.videoroom';
const room = 1234;
const startsWithinMs = 20_000;

/** Null where it is not installed. */
export function janusVersion(): string | null {
  const { stdout, error } = spawnSync('janus', ['--help'], { encoding: 'utf8' });
  if (error !== undefined || !existsSync(library)) return null;
  return /Janus version: \d+ \(([\d.]+)\)/.exec(stdout)?.[1] ?? 'unknown';
}

export async function openJanus(options: { readonly dress: Dress; readonly codec: VideoCodec; readonly cores: Cores }): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-janus-'));
  const port = await freePort();
  await configure(folder, port);
  const [command, args] = pinned(options.cores, 'janus', ['-F', folder, '-C', join(folder, 'janus.jcfg')]);
  const shim = await preload(join(import.meta.dirname, 'loopback-shim.cpp'));
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, LD_PRELOAD: shim } });
  const session = await JanusSession.open(`http://127.0.0.1:${port}/janus`, startsWithinMs);
  const isBrowser = options.dress === 'browser';
  await session.message(await session.attach(plugin), {
    ...{ request: 'create', room, publishers: 100, bitrate: 0, record: false, notify_joining: false, fir_freq: 0 },
    ...{ audiocodec: 'opus', videocodec: options.codec.toLowerCase(), audiolevel_event: false, opus_fec: false },
    ...{ audiolevel_ext: isBrowser, transport_wide_cc_ext: isBrowser, videoorient_ext: false, playoutdelay_ext: false },
  });
  const feeds = new Set<number>();
  return {
    name: 'Janus',
    pid: child.pid ?? 0,
    async enter({ seat, sends, sender, receiver }) {
      const own = 100 + seat;
      if (sender !== null) {
        const handle = await session.attach(plugin);
        const offer = { type: 'offer', sdp: offerOf(sends, sender) };
        const answer = await session.message(handle, { request: 'joinandconfigure', ptype: 'publisher', room, id: own }, offer);
        for (const command of sends.flatMap(({ commands }) => commands)) sender.send(command);
        await sender.connect(remoteOfSdp(answer?.sdp ?? ''));
        feeds.add(own);
      }
      return {
        async receives() {
          if (receiver === null) return;
          const handle = await session.attach(plugin);
          const streams = [...feeds].filter((feed) => feed !== own).map((feed) => ({ feed }));
          const offer = await session.message(handle, { request: 'join', ptype: 'subscriber', room, streams });
          if (offer === null) throw new Error('Janus offers nothing.');
          receiver.tellOfPackets(isBrowser ? extensionIn(offer.sdp, uris.twcc) : 0);
          await session.message(handle, { request: 'start' }, { type: 'answer', sdp: answerTo(offer.sdp, receiver, isBrowser) });
          await receiver.connect(remoteOfSdp(offer.sdp));
        },
      };
    },
    async close() {
      session.close();
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function configure(folder: string, port: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const folders = ['plugins', 'transports', 'events', 'loggers'].map((kind) => `${kind}_folder = "${library}/${kind}"`);
  const others = [
    'audiobridge',
    'duktape',
    'echotest',
    'lua',
    'nosip',
    'recordplay',
    'sip',
    'streaming',
    'textroom',
    'videocall',
    'voicemail',
  ];
  await writeFile(
    join(folder, 'janus.jcfg'),
    `general: { configs_folder = "${folder}"\n ${folders.join('\n ')}\n debug_level = 2\n session_timeout = 300 }
media: { rtp_port_range = "20000-29999" }
nat: { ice_lite = true\n ice_tcp = false\n full_trickle = false\n ice_enforce_list = "lo" }
plugins: { disable = "${others.map((name) => `libjanus_${name}.so`).join(',')}" }
transports: { disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_websockets.so" }
events: { broadcast = false }
`,
  );
  await writeFile(join(folder, `${plugin}.jcfg`), 'general: { }\n');
  await writeFile(
    join(folder, 'janus.transport.http.jcfg'),
    `general: { json = "compact"\n base_path = "/janus"\n http = true\n port = ${port}\n interface = "lo"\n ip = "127.0.0.1"\n https = false }
admin: { admin_http = false }
`,
  );
}
