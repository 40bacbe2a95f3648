// Passwords for TURN: short-lived, and of one person.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { iceServers } from './ice.ts';

const hour = 3_600_000;
const turn = ['turn:turn.test:3478'];
const signed = (secret: string, username: string) => createHmac('sha1', secret).update(username).digest('base64');

describe('ICE servers', () => {
  test('U4 there are none unless configured', () => {
    expect(iceServers({ stun: [], turn: [], turnSecret: null }, 'x', 0)).toEqual([]);
    expect(iceServers({ stun: [], turn, turnSecret: null }, 'x', 0)).toEqual([]);
  });

  test('U4 a password is of one person and ends after six hours, however often it is asked for', () => {
    const [first] = iceServers({ stun: [], turn, turnSecret: 'secret-one' }, 'person-1', 1_000);
    const username = `${1 + 6 * 3600}:person-1`;
    expect(first).toEqual({ urls: turn, username, credential: signed('secret-one', username) });
    const [later] = iceServers({ stun: [], turn, turnSecret: 'secret-one' }, 'person-1', hour + 1_000);
    expect(later?.username).toBe(`${1 + 7 * 3600}:person-1`);
    const [other] = iceServers({ stun: [], turn, turnSecret: 'secret-one' }, 'person-2', 1_000);
    expect(other?.credential).not.toBe(first?.credential);
  });

  test('U4 whoever only tests the connection may be given one that ends sooner', () => {
    const [, server] = iceServers({ stun: ['stun:stun.test'], turn, turnSecret: 'secret-one' }, 'p', 0, hour);
    expect(server).toEqual({ urls: turn, username: '3600:p', credential: signed('secret-one', '3600:p') });
  });
});
