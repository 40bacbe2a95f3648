// Names of files that people save: readable in their own letters, and taken by every system.
import { expect, it } from 'vitest';
import { fileNameOf } from './file-name.ts';

const at = Date.parse('2026-09-06T20:00:00Z');

it.each([
  ['Дифракция: 1-дәріс', 'Дифракция 1-дәріс 2026-09-07.mp4'],
  ['../../etc/passwd', 'etc passwd 2026-09-07.mp4'],
  ['a"b\r\nSet-Cookie: x', 'a b Set-Cookie x 2026-09-07.mp4'],
  ['‮gpm.exe', 'gpm.exe 2026-09-07.mp4'],
  [' ... ', '2026-09-07.mp4'],
  ['ә'.repeat(300), `${'ә'.repeat(100)} 2026-09-07.mp4`],
])('V51 %j is saved with its day in the university', (title, name) => {
  expect(fileNameOf(title, at, 'Asia/Almaty', 'mp4')).toBe(name);
});
