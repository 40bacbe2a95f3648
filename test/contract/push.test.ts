// What the way to push services really sends, and to whom it never does.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebPush } from '../../server/adapters/web-push.ts';
import { cert } from '../support/localhost-certificate.ts';
import { PushService } from '../support/push-service.ts';

const message = { payload: JSON.stringify({ title: 'Ауыстырылды: Оптика' }), ttlSeconds: 600, urgency: 'high' as const, topic: 'lesson' };
const secret = Buffer.alloc(32, 7);

describe('N8 web push', () => {
  let service: PushService;
  let push: WebPush;
  beforeEach(async () => {
    service = await PushService.open();
    push = new WebPush({ secret, contact: 'mailto:it@university.test', hosts: [service.host], connections: 2, ca: cert });
  });
  afterEach(async () => {
    push.close();
    push.close();
    await service.close();
  });
  const target = () => ({ endpoint: service.endpoint('device1'), ...service.keys });

  it('arrives encrypted for the browser, signed with the key that never changes', async () => {
    expect(await push.send(target(), message)).toEqual({ as: 'sent' });
    const [one] = service.pushed;
    expect(one).toMatchObject({ path: '/device1', ttl: '600', urgency: 'high', topic: 'lesson', payload: message.payload });
    expect(one?.senderKey).toBe(push.publicKey);
    expect(one?.claims).toMatchObject({ aud: `https://${service.host}`, sub: 'mailto:it@university.test' });
    expect(new WebPush({ secret, contact: 'mailto:a@b.test', hosts: [], connections: 1 }).publicKey).toBe(push.publicKey);
  });

  it.each([404, 410])('is told by %i that the browser has withdrawn it', async (status) => {
    service.status = status;
    expect(await push.send(target(), message)).toEqual({ as: 'gone' });
  });

  it('waits as long as the push service asks for', async () => {
    service.status = 429;
    service.headers = { 'retry-after': '120' };
    expect(await push.send(target(), message)).toEqual({ as: 'later', why: 'HTTP 429', afterMs: 120_000 });
    service.status = 503;
    service.headers = {};
    expect(await push.send(target(), message)).toEqual({ as: 'later', why: 'HTTP 503', afterMs: null });
  });

  it('gives up what the push service will never take', async () => {
    service.status = 413;
    expect(await push.send(target(), message)).toEqual({ as: 'refused', why: 'HTTP 413' });
  });

  it('tries later what does not answer', async () => {
    await service.close();
    expect((await push.send(target(), message)).as).toBe('later');
  });

  it.each([
    'https://127.0.0.1/x',
    'https://10.0.0.5/x',
    'https://[::1]/x',
    'https://localhost/x',
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.evil.test/x',
    'https://evil.test/fcm.googleapis.com',
    'https://user:pass@fcm.googleapis.com/x',
    'https://evilpush.apple.com/x',
    'https://metadata.google.internal/x',
    'nonsense',
  ])('is never sent to %s', async (endpoint) => {
    expect(push.accepts(endpoint)).toBe(false);
    expect(await push.send({ ...target(), endpoint }, message)).toEqual({ as: 'gone' });
    expect(service.pushed).toEqual([]);
  });

  it.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
  ])('knows the push service of %s', (endpoint) => {
    expect(push.accepts(endpoint)).toBe(true);
  });
});
