// Gives the board and the summary out as files, and writes down that somebody took one out. Rule W14.
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Language } from '../contract/identity.ts';
import type { SituationQuery, SummaryQuery } from '../contract/situation.ts';
import type { Clock } from '../ports/clock.ts';
import { fileNameOf } from '../reports/file-name.ts';
import type { Format, Look, Paper } from '../reports/paper.ts';
import { Press } from '../reports/press.ts';
import type { Asking } from '../timetable/who.ts';
import type { BoardService } from './board.service.ts';
import { boardPaper, summaryPaper } from './papers.ts';
import type { SummaryService } from './summary.service.ts';

interface Wanted {
  readonly format: Format;
  readonly language: Language;
}

interface File {
  readonly bytes: Buffer;
  readonly name: string;
}

export class SituationFiles {
  readonly #board: BoardService;
  readonly #summary: SummaryService;
  readonly #audit: Audit;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #timeZone: string;
  readonly #press = new Press();

  constructor(options: {
    readonly board: BoardService;
    readonly summary: SummaryService;
    readonly audit: Audit;
    readonly clock: Pick<Clock, 'now'>;
    readonly timeZone: string;
  }) {
    this.#board = options.board;
    this.#summary = options.summary;
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  /** Throws `Refused`. */
  async board(actor: Actor, asking: Asking, query: SituationQuery, wanted: Wanted): Promise<File> {
    const situation = await this.#board.whole(asking, query);
    return this.#file(actor, boardPaper(situation, this.#look(wanted)), 'board', wanted.format);
  }

  /** Throws `Refused`. */
  async summary(actor: Actor, asking: Asking, query: SummaryQuery, wanted: Wanted): Promise<File> {
    const summary = await this.#summary.of(asking, query);
    return this.#file(actor, summaryPaper(summary, this.#clock.now(), this.#look(wanted)), 'summary', wanted.format);
  }

  #look({ language }: Wanted): Look {
    return { language, timeZone: this.#timeZone };
  }

  async #file(actor: Actor, paper: Paper, id: 'board' | 'summary', format: Format): Promise<File> {
    const bytes = await this.#press.print(paper, format, this.#clock.now());
    const { title, subtitle } = paper;
    await this.#audit.record(actor, {
      act: 'situation.exported',
      subject: { kind: 'situation', id, name: title },
      after: { format, period: subtitle },
    });
    return { bytes, name: fileNameOf(`${title} ${subtitle}`, format) };
  }
}
