// A running class over real lines: the whole server on one host, a teacher's browser on a second, a student's on a third.
import { type ChildProcess, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { teacherName } from '../../e2e/support/demo.ts';
import { demoPassword } from '../../e2e/support/server-process.ts';
import { Visitor } from '../../e2e/support/visitor.ts';
import type { Host } from '../../support/net/host.ts';
import type { Line } from '../../support/net/line.ts';
import { Network, type Service } from '../../support/net/network.ts';
import { logSound, type Reading, readCounters, shareWithoutSound, takeSoundLog } from './in-page.ts';
import { speechLike } from './speech.ts';

const webPort = 3000;
const mediaPort = 20_000;
const services: readonly Service[] = [
  { protocol: 'tcp', port: webPort },
  { protocol: 'udp', port: mediaPort },
  { protocol: 'tcp', port: mediaPort },
];
const startsWithinMs = 60_000;

export class Person {
  readonly visitor: Visitor;
  readonly host: Host;
  readonly line: Line;
  /** Steps of the ladder as the server told them, newest last. */
  readonly steps: string[] = [];
  readonly #browser: Browser;

  constructor(visitor: Visitor, host: Host, line: Line, browser: Browser) {
    this.visitor = visitor;
    this.host = host;
    this.line = line;
    this.#browser = browser;
    visitor.page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        for (const [, step] of String(payload).matchAll(/"ladder-changed","step":"([a-z-]+)"/g)) if (step) this.steps.push(step);
      }),
    );
  }

  read(): Promise<Reading> {
    return this.visitor.page.evaluate(readCounters);
  }

  logSound(): Promise<void> {
    return this.visitor.page.evaluate(logSound);
  }

  soundLog() {
    return this.visitor.page.evaluate(takeSoundLog);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

export class LineClass {
  readonly network: Network;
  readonly teacher: Person;
  readonly student: Person;
  readonly address: string;
  readonly serverPid: number;

  private constructor(network: Network, address: string, serverPid: number, teacher: Person, student: Person) {
    this.network = network;
    this.address = address;
    this.serverPid = serverPid;
    this.teacher = teacher;
    this.student = student;
  }

  /** @param tree the checkout whose server and built client are run */
  static async open(tree: string, logFile: string): Promise<LineClass> {
    if (!existsSync(join(tree, 'dist/client/index.html'))) throw new Error(`There is no built client in ${tree}: npm run setup makes it`);
    const network = Network.open();
    try {
      const { host, address } = network.host('server');
      const server = await startServer(tree, network.folder, host, address, logFile);
      const url = `http://${address}:${webPort}`;
      const [teacher, student] = await Promise.all([
        openPerson(network, 'teacher', address, url, 120),
        openPerson(network, 'student', address, url, 210),
      ]);
      await teacher.visitor.attend('teacher');
      await student.visitor.attend('student1');
      await teacher.visitor.button('Share screen').click();
      const microphone = student.visitor.button('Microphone');
      if ((await microphone.getAttribute('aria-pressed')) === 'false') await microphone.click();
      await student.visitor.seesMove(student.visitor.picture(teacherName, 'screen'));
      await student.visitor.hears(1);
      await teacher.visitor.hears(1);
      return new LineClass(network, address, server.pid ?? 0, teacher, student);
    } catch (error) {
      await network.close();
      throw error;
    }
  }

  /** One more way for the student, as a phone beside the Wi-Fi. */
  secondLine(): Promise<Line> {
    return this.network.line(this.student.host, this.address, services);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.teacher.close(), this.student.close()]);
    await this.network.close();
  }
}

async function openPerson(network: Network, name: string, server: string, url: string, pitchHz: number): Promise<Person> {
  const { host, line } = await network.hostOnLine(name, server, services);
  const voice = join(network.folder, `${name}.wav`);
  writeFileSync(voice, speechLike(pitchHz));
  const browser = await chromium.launch({
    executablePath: host.wrapped(process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium', network.folder),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
      ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${voice}`],
      // Devices are given to secure pages only, and this one has neither a certificate nor the name localhost.
      `--unsafely-treat-insecure-origin-as-secure=${url}`,
    ],
  });
  const visitor = await Visitor.open(browser, url);
  await visitor.context.addInitScript(shareWithoutSound);
  return new Person(visitor, host, line, browser);
}

async function startServer(tree: string, folder: string, host: Host, address: string, logFile: string): Promise<ChildProcess> {
  const env = {
    ...process.env,
    AUDITORIA_DATA_DIR: join(folder, 'data'),
    AUDITORIA_HOST: address,
    AUDITORIA_PORT: String(webPort),
    AUDITORIA_MEDIA_PORT_BASE: String(mediaPort),
    AUDITORIA_MEDIA_WORKERS: '1',
    AUDITORIA_LOG_FORMAT: 'json',
  };
  const filled = spawnSync(process.execPath, [join(tree, 'server/demo.ts')], {
    cwd: tree,
    env: { ...env, AUDITORIA_DEMO_PASSWORD: demoPassword },
    encoding: 'utf8',
  });
  if (filled.status !== 0) throw new Error(`The demo university was not made:\n${filled.stderr}`);
  const server = host.spawn(process.execPath, [join(tree, 'server/main.ts')], { cwd: tree, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile);
  let said = '';
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`The server did not start:\n${said}`)), startsWithinMs);
    for (const output of [server.stdout, server.stderr]) {
      output?.pipe(log, { end: false });
      output?.on('data', (chunk: Buffer) => {
        said += said.length < 100_000 ? chunk.toString() : '';
        if (!said.includes('Auditoria is at')) return;
        clearTimeout(timer);
        done();
      });
    }
    server.once('exit', (code) => fail(new Error(`The server ended with ${code}:\n${said}`)));
  });
  return server;
}
