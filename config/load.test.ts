// The settings: where they come from, and what is found fault with.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleText } from './example.ts';
import { allLeaves } from './leaves.ts';
import { ConfigFaulty, loadConfig, warnings } from './load.ts';

const scratch = mkdtempSync(join(tmpdir(), 'auditoria-config-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function folderWith(yaml: string): string {
  const folder = mkdtempSync(join(scratch, 'folder-'));
  writeFileSync(join(folder, 'auditoria.yaml'), yaml);
  return folder;
}

function faultsOf(env: NodeJS.ProcessEnv, folder = tmpdir()): readonly string[] {
  try {
    loadConfig(env, folder);
    return [];
  } catch (error) {
    if (error instanceof ConfigFaulty) return error.faults;
    throw error;
  }
}

describe('settings', () => {
  it('go defaults, then file, then environment', () => {
    const folder = folderWith('port: 4000\nroom:\n  graceSeconds: 30\n');
    const config = loadConfig({ AUDITORIA_PORT: '5000' }, folder);
    expect(config).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
      room: { graceSeconds: 30, closeAfterMinutes: 15 },
      dataDir: join(folder, 'data'),
    });
  });

  it('take addresses for media one by one or as a list, in the file and in the environment', () => {
    const one = folderWith('announcedIp: 203.0.113.10\nmedia:\n  listenIp: 0.0.0.0\n');
    expect(loadConfig({}, one)).toMatchObject({ announcedIp: ['203.0.113.10'], media: { listenIp: ['0.0.0.0'] } });
    const several = folderWith('announcedIp: [203.0.113.10, "2001:db8::10"]\nmedia:\n  listenIp: [0.0.0.0, "::"]\n');
    expect(loadConfig({}, several)).toMatchObject({
      announcedIp: ['203.0.113.10', '2001:db8::10'],
      media: { listenIp: ['0.0.0.0', '::'] },
    });
    const env = { AUDITORIA_ANNOUNCED_IP: '203.0.113.10, 2001:db8::10', AUDITORIA_MEDIA_LISTEN_IP: '' };
    expect(loadConfig(env, folderWith(''))).toMatchObject({ announcedIp: ['203.0.113.10', '2001:db8::10'], media: { listenIp: [] } });
    expect(loadConfig({}, folderWith('announcedIp: null\n')).announcedIp).toEqual([]);
    expect(faultsOf({ AUDITORIA_MEDIA_LISTEN_IP: 'here' }).join()).toContain('is not an IP address');
  });

  it('tell all faults at once, each by the name under which it was given', () => {
    const folder = folderWith('colour: red\ntimeZone: Atlantis\nroom:\n  graceSecond: 3\n');
    const env = {
      AUDITORIA_PORT: 'high',
      AUDITORIA_TYPO: '1',
      AUDITORIA_TLS_CERT: 'missing.pem',
      AUDITORIA_TRUSTED_PROXIES: 'loopback,10.0.0.0/99',
    };
    const faults = faultsOf(env, folder);
    for (const name of [
      'colour',
      'timeZone',
      'room.graceSecond',
      'AUDITORIA_PORT',
      'AUDITORIA_TYPO',
      'tls.cert',
      'tls',
      'AUDITORIA_TRUSTED_PROXIES',
    ]) {
      expect(
        faults.filter((fault) => fault.startsWith(`${name}: `)),
        name,
      ).toHaveLength(1);
    }
  });

  it('leave alone the variables of the set-up, the demo and the development server', () => {
    expect(
      faultsOf({
        AUDITORIA_CHROMIUM: '/x',
        AUDITORIA_FIREFOX: '/x',
        AUDITORIA_CACHE_DIR: '/x',
        AUDITORIA_DEMO_PASSWORD: 'x',
        AUDITORIA_DEV_SERVER: 'x',
      }),
    ).toEqual([]);
  });

  it('count an empty variable as not set, and a comma-divided one as a list', () => {
    const config = loadConfig({ AUDITORIA_PUBLIC_URL: '', AUDITORIA_ICE_STUN: 'stun:a.example:3478, stun:b.example' }, tmpdir());
    expect(config.publicUrl).toBeNull();
    expect(config.ice.stun).toEqual(['stun:a.example:3478', 'stun:b.example']);
  });

  it('name a file that is not there', () => {
    expect(faultsOf({ AUDITORIA_CONFIG: 'nowhere.yaml' })).toEqual([expect.stringMatching(/^AUDITORIA_CONFIG: .*nowhere\.yaml$/)]);
  });

  it('name broken YAML', () => {
    expect(faultsOf({}, folderWith('port: [1'))).toEqual([expect.stringContaining('auditoria.yaml')]);
  });

  it('are all in the sample, which changes nothing when it is used as it is', () => {
    const { dataDir, recording, ...sample } = loadConfig({}, folderWith(exampleText()));
    expect(loadConfig({}, folderWith(''))).toMatchObject(sample);
    expect(loadConfig({}, folderWith(exampleText().replace(/^( *)#(?=\w+:)/gm, '$1')))).toMatchObject(sample);
    expect(recording.dir).toBe(join(dataDir, 'recordings'));
    for (const leaf of allLeaves()) {
      expect(leaf.sentence, leaf.variable).toMatch(/^[A-Z].*\.$/);
      expect(exampleText()).toContain(leaf.variable);
    }
  });

  it('warn that camera and microphone need HTTPS away from this machine', () => {
    expect(warnings(loadConfig({ AUDITORIA_HOST: '0.0.0.0' }, tmpdir()))).toEqual([expect.stringContaining('HTTPS')]);
    expect(warnings(loadConfig({ AUDITORIA_HOST: '0.0.0.0', AUDITORIA_TRUSTED_PROXIES: '10.0.0.1' }, tmpdir()))).toEqual([]);
    expect(warnings(loadConfig({}, tmpdir()))).toEqual([]);
  });
});
