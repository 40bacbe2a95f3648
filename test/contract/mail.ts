// What every way of sending mail keeps to, real or fake.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MailPort, OutgoingMail } from '../../server/ports/mail.ts';

export interface MailUnderTest {
  readonly mail: MailPort;
  /** Subjects of what has arrived, and its message ids without brackets. */
  arrived(): readonly { readonly subject: string; readonly messageId: string; readonly to: string }[];
  /** This address is refused: for good, or for now. */
  refuse(address: string, how: 'for good' | 'for now'): void;
  /** From now on nothing answers. */
  goDown(): Promise<void>;
  close(): Promise<void>;
}

export const letter: OutgoingMail = {
  messageId: 'delivery1@university.test',
  to: { name: 'Қанат Әбдіғалиұлы', address: 'kanat@university.test' },
  subject: 'Ауыстырылды: Оптика',
  text: 'Бұл сабақ басқа уақытқа ауыстырылды.\n',
  html: '<!doctype html><html lang="kk"><title>Ауыстырылды</title><p>Бұл сабақ басқа уақытқа ауыстырылды.</p></html>',
  language: 'kk',
  settingsUrl: 'https://class.university.test/notifications/settings',
  calendar: null,
};

export function mailSuite(name: string, open: () => Promise<MailUnderTest>): void {
  describe(`${name} keeps to the mail port`, () => {
    async function opened(): Promise<MailUnderTest> {
      const under = await open();
      onTestFinished(() => under.close());
      return under;
    }

    it('N7 sends, and says so', async () => {
      const { mail, arrived } = await opened();
      expect(await mail.send(letter)).toEqual({ as: 'sent' });
      expect(arrived()).toEqual([{ subject: letter.subject, messageId: letter.messageId, to: letter.to.address }]);
    });

    it('N7 tells a refusal for good from one for now', async () => {
      const { mail, arrived, refuse } = await opened();
      refuse('nobody@university.test', 'for good');
      refuse('full@university.test', 'for now');
      expect((await mail.send({ ...letter, to: { name: '', address: 'nobody@university.test' } })).as).toBe('refused');
      expect((await mail.send({ ...letter, to: { name: '', address: 'full@university.test' } })).as).toBe('later');
      expect(arrived()).toEqual([]);
      expect((await mail.send(letter)).as).toBe('sent');
    });

    it('N7 refuses for good what is no address', async () => {
      const { mail } = await opened();
      expect((await mail.send({ ...letter, to: { name: '', address: 'nonsense' } })).as).toBe('refused');
    });

    it('N7 says that nothing answers, instead of failing', async () => {
      const { mail, goDown } = await opened();
      await goDown();
      expect((await mail.send(letter)).as).toBe('unreachable');
    });

    it('sends nothing more once it is closed, and closes twice', async () => {
      const { mail, arrived } = await opened();
      mail.close();
      mail.close();
      expect((await mail.send(letter)).as).toBe('unreachable');
      expect(arrived()).toEqual([]);
    });
  });
}
