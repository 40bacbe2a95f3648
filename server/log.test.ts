// What the log shows, and what it hides.
import { describe, expect, it } from 'vitest';
import { hints } from './hints.ts';
import { openLog } from './log.ts';

function lines(format: 'json' | 'text' | 'auto', isTTY = false) {
  const written: string[] = [];
  return { written, log: openLog({ level: 'info', format }, { isTTY, write: (text) => written.push(text) }) };
}

describe('the log', () => {
  it('hides secrets, wherever they stand in a line', () => {
    const { log, written } = lines('json');
    log.info({ token: 'aaa', request: { password: 'bbb', cookie: 'ccc' }, lessonId: 'l1' }, 'said');
    expect(written.join('')).not.toMatch(/aaa|bbb|ccc/);
    expect(written.join('')).toContain('"lessonId":"l1"');
  });

  it('is JSON for machines and text on a terminal', () => {
    const machine = lines('auto');
    machine.log.info('said');
    expect(JSON.parse(machine.written[0] ?? '')).toMatchObject({ level: 30, msg: 'said' });
    const terminal = lines('auto', true);
    terminal.log.warn({ lessonId: 'l1' }, 'said');
    expect(terminal.written[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}said lessonId=l1\n$/);
  });

  it('X20 says with an error what the operator can do, by what it is or as it was told', () => {
    const { log, written } = lines('json');
    log.error({ error: Object.assign(new Error('full'), { code: 'ENOSPC' }) }, 'A file was not written');
    log.error({ error: new Error('?') }, 'A file was not written');
    log.error({ hint: 'Do this.' }, 'A file was not written');
    log.warn({ error: new Error('?') }, 'A file was not written');
    expect(written.map((line) => JSON.parse(line).hint)).toEqual([hints.disk, hints.fault, 'Do this.', undefined]);
    const terminal = lines('text');
    terminal.log.error({ hint: 'Do this.' }, 'A file was not written');
    expect(terminal.written[0]).toMatch(/error A file was not written\n {2}→ Do this\.\n$/);
  });

  it('keeps the code, the stack and the cause of an error', () => {
    const { log, written } = lines('json');
    log.error({ error: Object.assign(new Error('outer', { cause: new Error('inner') }), { code: 'EPIPE' }) }, 'failed');
    for (const part of ['outer', 'inner', 'EPIPE', 'log.test.ts']) expect(written[0]).toContain(part);
  });
});
