// What the set-up reads of Debian's files.
import { expect, test } from 'vitest';
import { installCommand, missingFrom, readDistribution } from './debian.mjs';
import { sourceEntries } from './worker/srtp-source.mjs';

test('the distribution is read with and without quotes', () => {
  const text = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n';
  expect(readDistribution(text)).toEqual({ id: 'debian', version: '12', codename: 'bookworm', isDebianLike: true });
});

test('a descendant of Ubuntu counts as Debian-like, another distribution does not', () => {
  expect(readDistribution('ID=linuxmint\nID_LIKE="ubuntu debian"\n').isDebianLike).toBe(true);
  expect(readDistribution('ID=fedora\nVERSION_ID=44\n').isDebianLike).toBe(false);
});

test('a package that was removed but left its configuration is missing', () => {
  expect(missingFrom(['a', 'b', 'c'], 'a\tinstalled\nb\tconfig-files\ndpkg-query: no packages found matching c\n')).toEqual(['b', 'c']);
});

test('the command to type has sudo for everyone but root', () => {
  expect(installCommand(['ffmpeg'], false)).toBe('sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg');
  expect(installCommand(['ffmpeg'], true)).toBe('apt-get update && apt-get install -y --no-install-recommends ffmpeg');
});

test('source entries are made of the distribution’s own one-line entries only', () => {
  const text = [
    '# comment',
    'deb [arch=amd64 signed-by=/a.gpg] http://mirror.example/debian bookworm main',
    'deb http://mirror.example/debian-security bookworm-security main',
    'deb http://other.example/apt stable main',
  ].join('\n');
  expect(sourceEntries(text, 'bookworm').split('\n')).toEqual([
    'deb-src [arch=amd64 signed-by=/a.gpg] http://mirror.example/debian bookworm main',
    'deb-src http://mirror.example/debian-security bookworm-security main',
  ]);
});

test('source entries are made of the distribution’s own deb822 stanzas only', () => {
  const ours = 'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main';
  const theirs = 'Types: deb\nURIs: http://other.example\nSuites: nodistro\nComponents: main';
  expect(sourceEntries(`${ours}\n\n${theirs}\n`, 'bookworm')).toBe(ours.replace('Types: deb', 'Types: deb-src'));
});
