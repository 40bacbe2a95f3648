// Gives reports out as files, and writes down that somebody took one out.
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Language } from '../contract/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Answer } from './answers.ts';
import { fileNameOf } from './file-name.ts';
import type { Format, Look } from './paper.ts';
import { Press } from './press.ts';

export class ReportFiles {
  readonly #audit: Audit;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #timeZone: string;
  readonly #press = new Press();

  constructor({ audit, clock, timeZone }: { readonly audit: Audit; readonly clock: Pick<Clock, 'now'>; readonly timeZone: string }) {
    this.#audit = audit;
    this.#clock = clock;
    this.#timeZone = timeZone;
  }

  look(language: Language): Look {
    return { language, timeZone: this.#timeZone };
  }

  /** Q9. The name is of the file. */
  async file(
    actor: Actor,
    { bytes: paper, title, subtitle }: Answer,
    format: Format,
    id: string,
  ): Promise<{ readonly bytes: Buffer; readonly name: string }> {
    const bytes = await this.#press.print(paper, format, this.#clock.now());
    await this.record(actor, { id, name: title, format, of: subtitle });
    return { bytes, name: fileNameOf(`${title} ${subtitle}`, format) };
  }

  /** Q9. `of`: the days, or whatever else was asked for. */
  async record(
    actor: Actor,
    { id, name, format, of }: { readonly id: string; readonly name: string; readonly format: string; readonly of: string },
  ): Promise<void> {
    const after = { format, ...(of !== '' && { period: of }) };
    await this.#audit.record(actor, { act: 'report.exported', subject: { kind: 'report', id, name }, after });
  }
}
