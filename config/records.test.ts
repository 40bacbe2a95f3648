// The settings of where records go: what is refused, and how secrets are read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigFaulty, loadConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'auditoria-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const publicUrl = 'https://class.example.edu';

function load(settings: object, env: NodeJS.ProcessEnv = {}) {
  // JSON is YAML too.
  writeFileSync(join(folder, 'auditoria.yaml'), JSON.stringify({ publicUrl, ...settings }));
  try {
    return loadConfig(env, folder).records;
  } catch (error) {
    if (error instanceof ConfigFaulty) return error.faults;
    throw error;
  }
}

describe('records', () => {
  it('go nowhere until somebody says so', () => {
    expect(load({})).toMatchObject({ lrsUrl: null, webhooks: [], people: 'ids', undeliveredDays: null });
  });

  it('O7 take secrets from files and variables', () => {
    writeFileSync(join(folder, 'lrs.txt'), 'hunter2\n');
    const webhooks = [{ id: 'journal', url: 'https://journal.example.edu/hook', secret: { variable: 'JOURNAL_SECRET' } }];
    const records = { lrsUrl: 'https://lrs.example.edu/xapi', lrsUser: 'auditoria', lrsPassword: { file: 'lrs.txt' }, webhooks };
    expect(load({ records }, { JOURNAL_SECRET: secret })).toMatchObject({ lrsPassword: 'hunter2', webhooks: [{ id: 'journal', secret }] });
    expect(load({ records })).toEqual([expect.stringContaining('records.webhooks.journal.secret: cannot read JOURNAL_SECRET')]);
    const weak = { ...records, webhooks: [{ ...webhooks[0], secret: 'whsec_c2hvcnQ=' }] };
    expect(load({ records: weak })).toEqual([expect.stringContaining('24 to 64 bytes')]);
  });

  it('O7 go unencrypted to this machine only, unless the settings say otherwise', () => {
    const hook = (url: string) => ({ webhooks: [{ id: 'one', url, secret }] });
    expect(load({ records: hook('http://127.0.0.1:9000/hook') })).toMatchObject({ plainHttp: 'loopback' });
    expect(load({ records: hook('http://journal.example.edu/hook') })).toEqual([
      expect.stringMatching(/^records\.webhooks\.0\.url: .*https/),
    ]);
    expect(load({ records: { ...hook('http://journal.example.edu/hook'), plainHttp: 'anywhere' } })).toMatchObject({
      plainHttp: 'anywhere',
    });
    expect(load({ records: { lrsUrl: 'http://lrs.example.edu/' } })).toEqual([expect.stringMatching(/^records\.lrsUrl: /)]);
  });

  it('are refused with passwords in addresses, ids that are taken, and an LRS without a public address', () => {
    const one = { id: 'one', url: 'https://a.example.edu/', secret };
    const faults = (records: object, more: object = {}) => [load({ records, ...more })].flat().join('\n');
    expect(faults({ webhooks: [{ ...one, url: 'https://me:secret@a.example.edu/' }] })).toContain('user or password');
    expect(faults({ webhooks: [{ ...one, id: 'lrs' }] })).toContain('kept for the LRS');
    expect(faults({ webhooks: [one, one] })).toContain('has an id twice');
    expect(faults({ webhooks: [{ ...one, kinds: ['gossip'] }] })).toContain('records.webhooks.0.kinds');
    expect(faults({ lrsUrl: 'https://lrs.example.edu', lrsUser: 'me' })).toContain('needs both lrsUser and lrsPassword');
    expect(faults({ lrsUrl: 'https://lrs.example.edu' }, { publicUrl: null })).toContain('must be set when there is an lrsUrl');
  });
});
