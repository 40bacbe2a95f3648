// Whether the mail server takes us: reached, encrypted, signed in; nothing is sent. Rule X13.
import { broken, type Check, codeOf, ok, warning, wordsOf } from '../finding.ts';

const noAnswer = /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Connection timeout|Greeting never received/;

/** Null: no mail is set. Rejects as the mail server or the line to it does. */
export type TryMail = (() => Promise<void>) | null;

export function mailCheck(host: string | null, tryMail: TryMail): Check {
  return {
    name: 'mail',
    async look() {
      if (host === null || tryMail === null) return [ok('None is set: nobody is told of changes by mail.')];
      try {
        await tryMail();
        return [ok(`${host} takes us`)];
      } catch (error) {
        const words = wordsOf(error);
        // Whatever breaks a line has the same code there.
        switch (noAnswer.test(words) ? 'no answer' : codeOf(error)) {
          case 'EAUTH':
          case 'ENOAUTH':
            return [broken(`${host} refuses the login: ${words}`, 'Correct mail.user and mail.password (or mail.passwordFile).')];
          case 'EDNS':
          case 'ENOTFOUND':
            return [broken(`The name ${host} is not known`, 'Correct mail.host.')];
          case 'ETLS':
          case 'ESOCKET':
            return [
              broken(
                `There is no encrypted line to ${host}: ${words}`,
                'Set mail.port and mail.secure as they belong together (587 starttls, 465 tls), and mail.caFile for a certificate of your own.',
              ),
            ];
          case 'ENOENT':
          case 'EACCES':
            return [
              broken(
                `A file of mail cannot be read: ${words}`,
                'Let mail.passwordFile and mail.caFile name files that the server may read.',
              ),
            ];
          case 'EENVELOPE':
          case 'EMESSAGE':
            return [warning(`${host} answers strangely: ${words}`, 'Look at its log.')];
          default:
            return [
              broken(`${host} does not answer: ${words}`, 'Start it, and look whether mail.host, mail.port and the firewall lead there.'),
            ];
        }
      }
    },
  };
}
