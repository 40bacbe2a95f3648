// Both ways of sending mail keep to the port; and what SMTP really carries.
import { afterEach, describe, expect, it } from 'vitest';
import { SmtpMail, type SmtpSettings } from '../../server/adapters/smtp-mail.ts';
import { FakeMail } from '../support/fake-mail.ts';
import { cert } from '../support/localhost-certificate.ts';
import { MailServer } from '../support/mail-server.ts';
import { letter, mailSuite } from './mail.ts';

const settings = (port: number): SmtpSettings => ({
  ...{ host: 'localhost', port, secure: 'starttls', user: null, password: null, replyTo: null, connections: 2, ca: cert },
  from: { name: 'Auditoria', address: 'class@university.test' },
});

mailSuite('the fake mail', async () => {
  const mail = new FakeMail();
  const refusals = new Map<string, 'refused' | 'later'>();
  let down = false;
  mail.answer = ({ to }) => {
    if (down) return { as: 'unreachable', why: 'down' };
    const as = refusals.get(to.address);
    return as === undefined ? { as: 'sent' } : { as, why: 'told so' };
  };
  return {
    mail,
    arrived: () => mail.taken.map(({ subject, messageId, to }) => ({ subject, messageId, to: to.address })),
    refuse: (address, how) => void refusals.set(address, how === 'for good' ? 'refused' : 'later'),
    goDown: async () => {
      down = true;
    },
    close: async () => mail.close(),
  };
});

mailSuite('SMTP', async () => {
  const server = await MailServer.open();
  const mail = new SmtpMail(settings(server.port));
  return {
    mail,
    arrived: () =>
      server.received.map((one) => ({ subject: one.mail.subject ?? '', messageId: (one.mail.messageId ?? '').slice(1, -1), to: one.to })),
    refuse: (address, how) => void server.refusals.set(address, how === 'for good' ? 550 : 450),
    goDown: () => server.close(),
    close: async () => {
      mail.close();
      await server.close();
    },
  };
});

describe('a mail over SMTP', () => {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const opened = async (change: Partial<SmtpSettings> = {}, server: Parameters<typeof MailServer.open>[0] = {}) => {
    const box = await MailServer.open(server);
    closing.push(() => box.close());
    const mail = new SmtpMail({ ...settings(box.port), ...change });
    closing.push(() => mail.close());
    return { box, mail };
  };

  it('is encrypted on the way, signed in with the password, and says that a machine wrote it', async () => {
    const { box, mail } = await opened(
      { user: 'auditoria', password: 'open sesame', replyTo: 'it@university.test' },
      { password: 'open sesame' },
    );
    expect((await mail.send(letter)).as).toBe('sent');
    const [one] = box.received;
    expect(one).toMatchObject({ secure: true, user: 'auditoria' });
    const header = (name: string) => one?.mail.headers.find(({ key }) => key === name)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('list-unsubscribe')).toContain(`<${letter.settingsUrl}>`);
    expect(header('content-language')).toBe('kk');
    expect(one?.mail.replyTo?.[0]?.address).toBe('it@university.test');
    expect(one?.mail.to?.[0]).toMatchObject(letter.to);
    expect(one?.mail.text?.trim()).toBe(letter.text.trim());
    expect(one?.mail.html).toContain('lang="kk"');
  });

  it('is not sent in the clear where the server offers no encryption', async () => {
    const { box, mail } = await opened({}, { tls: false });
    expect((await mail.send(letter)).as).toBe('unreachable');
    expect(box.received).toEqual([]);
  });

  it('N7 waits when our own password is not accepted', async () => {
    const { box, mail } = await opened({ user: 'auditoria', password: 'wrong' }, { password: 'open sesame' });
    expect((await mail.send(letter)).as).toBe('unreachable');
    expect(box.received).toEqual([]);
  });

  it('takes no header from a title or a name', async () => {
    const { box, mail } = await opened();
    const name = 'Aigul\r\nBcc: victim@university.test';
    await mail.send({
      ...letter,
      subject: 'Optics\r\nBcc: victim@university.test\r\n\r\nBody',
      to: { name, address: 'aigul@university.test' },
    });
    const [one] = box.received;
    expect(box.received).toHaveLength(1);
    expect(one?.mail.bcc ?? []).toEqual([]);
    expect(one?.mail.headers.some(({ key }) => key === 'bcc')).toBe(false);
    expect(one?.mail.subject).toBe('Optics Bcc: victim@university.test Body');
    expect((await mail.send({ ...letter, to: { name: '', address: 'a@b.test>\r\nRCPT TO:<c@d.test' } })).as).toBe('refused');
  });

  it('carries the message for the calendar with its method, for programs that look into either part', async () => {
    const { box, mail } = await opened();
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n';
    await mail.send({ ...letter, calendar: { method: 'CANCEL', content } });
    expect(box.received[0]?.raw).toMatch(/Content-Type: text\/calendar;[\s\S]*?method=CANCEL/i);
    expect(box.received[0]?.mail.attachments.some((part) => part.filename === 'lesson.ics')).toBe(true);
  });
});
