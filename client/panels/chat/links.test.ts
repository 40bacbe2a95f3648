// Which parts of a message become links, and which never.
import { describe, expect, test } from 'vitest';
import { pieces } from './links.ts';

const links = (text: string) => pieces(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));

describe('a message', () => {
  test('shows http and https addresses as links, the rest as text', () => {
    expect(pieces('Оқыңыз: https://kaznu.kz/lectures?id=5 және http://a.kz')).toEqual([
      { kind: 'text', text: 'Оқыңыз: ' },
      { kind: 'link', text: 'https://kaznu.kz/lectures?id=5', href: 'https://kaznu.kz/lectures?id=5' },
      { kind: 'text', text: ' және ' },
      { kind: 'link', text: 'http://a.kz', href: 'http://a.kz/' },
    ]);
  });

  test('makes no link of any other scheme', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.kz mailto:a@b.kz vbscript:x')).toEqual([]);
  });

  test('makes no link of an address that hides its host behind a name', () => {
    expect(links('https://kaznu.kz@evil.example/login https://kaznu.kz:x@evil.example')).toEqual([]);
  });

  test('leaves the end of a sentence and closing brackets outside', () => {
    expect(links('See (https://a.kz/x), then https://b.kz/y. And https://c.kz/(z)!')).toEqual([
      'https://a.kz/x',
      'https://b.kz/y',
      'https://c.kz/(z)',
    ]);
  });

  test('keeps every letter of the message', () => {
    const text = 'a https://a.kz/б?в=г#д, (http://x.kz) http:// https://// end';
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  test('does not let markup become anything but text', () => {
    expect(links('<a href="https://a.kz">x</a>')).toEqual(['https://a.kz']);
  });
});
