// A mail server in memory: keeps what it takes, and fails as it is told to.
import type { MailAddress, MailOutcome, MailPort, OutgoingMail } from '../../server/ports/mail.ts';

export class FakeMail implements MailPort {
  readonly from: MailAddress = { name: 'Auditoria', address: 'class@university.test' };
  readonly taken: OutgoingMail[] = [];
  /** How often it was asked, whatever came of it. */
  tried = 0;
  answer: (mail: OutgoingMail) => MailOutcome = () => ({ as: 'sent' });
  #closed = false;

  send(mail: OutgoingMail): Promise<MailOutcome> {
    this.tried += 1;
    if (this.#closed) return Promise.resolve({ as: 'unreachable', why: 'closed' });
    if (!mail.to.address.includes('@')) return Promise.resolve({ as: 'refused', why: 'not an address' });
    const outcome = this.answer(mail);
    if (outcome.as === 'sent') this.taken.push(mail);
    return Promise.resolve(outcome);
  }

  close(): void {
    this.#closed = true;
  }

  /** As the next server does with the same post. */
  reopened(): this {
    this.#closed = false;
    return this;
  }

  to(address: string): OutgoingMail[] {
    return this.taken.filter((mail) => mail.to.address === address);
  }
}
