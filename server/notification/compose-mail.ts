// Writes the mail of one notification, or of many together: plain text, and the same as simple HTML that a screen reader reads in order.
import type { OutgoingMail } from '../ports/mail.ts';
import type { TextKey } from '../texts/texts.ts';
import { type Fact, factsOf, headlineOf, leadOf, ofServer, pathOf, type Told, type Words } from './words.ts';

export interface MailFrame {
  readonly name: string;
  readonly words: Words;
  /** Without a slash at the end. */
  readonly origin: string;
}

type Written = Pick<OutgoingMail, 'subject' | 'text' | 'html'>;

/** What is written once and shown twice. */
type Block =
  | { readonly is: 'line'; readonly text: string }
  | { readonly is: 'facts'; readonly title: string | null; readonly facts: readonly Fact[] }
  | { readonly is: 'link'; readonly text: string; readonly url: string };

export const settingsPath = '/notifications/settings';

export function mailOf(told: Told, frame: MailFrame): Written {
  const { words, origin } = frame;
  const { t } = words;
  const goes = told.kind !== 'lesson-cancelled' && told.kind !== 'lesson-removed-for-group';
  const news = ofServer(told, words);
  const url = origin + (goes ? pathOf(told, words) : '/');
  const title = news === null ? told.detail.title : null;
  const body: Block[] = [
    { is: 'line', text: leadOf(told, words) },
    { is: 'facts', title, facts: factsOf(told, words) },
    { is: 'link', text: t(goes ? (news?.link ?? linkText(told.kind)) : 'mail.timetable'), url },
  ];
  return write(frame, headlineOf(told, words), body, news === null ? 'mail.why' : 'space.why');
}

function linkText(kind: Told['kind']): TextKey {
  switch (kind) {
    case 'recording-ready':
      return 'mail.watch';
    case 'called-to-class':
      return 'mail.enter';
    default:
      return 'mail.open';
  }
}

export function digestOf(all: readonly Told[], frame: MailFrame): Written {
  const { words, origin } = frame;
  const { t } = words;
  return write(frame, t('mail.digest', { count: all.length }), [
    { is: 'line', text: t('mail.digest-lead') },
    ...all.map((told): Block => ({ is: 'facts', title: headlineOf(told, words), facts: factsOf(told, words) })),
    { is: 'link', text: t('mail.timetable'), url: `${origin}/` },
  ]);
}

function write({ name, words, origin }: MailFrame, subject: string, body: readonly Block[], why: TextKey = 'mail.why'): Written {
  const { language, t } = words;
  const blocks: Block[] = [{ is: 'line', text: t('mail.greeting', { name }) }, ...body];
  const foot: Block[] = [
    { is: 'line', text: t(why) },
    { is: 'link', text: t('mail.settings'), url: origin + settingsPath },
  ];
  return {
    subject,
    text: `${[...blocks.map(plain), '-- ', ...foot.map(plain)].join('\n\n')}\n`,
    html: page(language, subject, blocks.map(html).join('\n'), foot.map(html).join('\n')),
  };
}

function plain(block: Block): string {
  switch (block.is) {
    case 'line':
      return block.text;
    case 'link':
      return `${block.text}: ${block.url}`;
    case 'facts':
      return [block.title, ...block.facts.map(({ name, value }) => `${name}: ${value}`)].filter((line) => line !== null).join('\n');
  }
}

function html(block: Block): string {
  switch (block.is) {
    case 'line':
      return `<p>${escaped(block.text)}</p>`;
    case 'link':
      return `<p><a href="${escaped(block.url)}" style="color:#0f766e">${escaped(block.text)}</a></p>`;
    case 'facts': {
      const title = block.title === null ? '' : `<h2 style="font-size:18px;margin:16px 0 4px">${escaped(block.title)}</h2>`;
      const rows = block.facts.map(
        ({ name, value }) =>
          `<tr><th scope="row" style="text-align:start;vertical-align:top;padding:2px 16px 2px 0;font-weight:normal;color:#4b5563">${escaped(name)}</th><td style="padding:2px 0">${escaped(value)}</td></tr>`,
      );
      return `${title}<table style="border-collapse:collapse">${rows.join('')}</table>`;
    }
  }
}

function page(language: string, title: string, body: string, foot: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;color:#111827;background:#ffffff;margin:0;padding:24px">
<main style="max-width:560px">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">${escaped(title)}</h1>
${body}
</main>
<footer style="max-width:560px;margin-top:24px;border-top:1px solid #d1d5db;font-size:14px;color:#4b5563">
${foot}
</footer>
</body>
</html>
`;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
