// Draws a report as a PDF: A4 across, letters embedded, tagged so that it can be read aloud; wide tables go on over several pages.
import type { Instant } from '../contract/ids.ts';
import { artifact, tagged, taggedPdf } from '../print/tagged-pdf.ts';
import { formatDate } from '../texts/dates.ts';
import { localeTags, text } from '../texts/texts.ts';
import { verdictMark } from './cell-words.ts';
import { type Cell, type Column, dayWords, momentWords, type Paper, type PaperTable } from './paper.ts';
import { type Part, partsOf } from './paper-parts.ts';

/** Points, 72 to an inch. */
const page = { width: 841.89, height: 595.28, margin: 28, footer: 16 };
const ink = { text: '#1a1d21', quiet: '#565c66', line: '#c9ced6', head: '#f1f3f6' };
const sizes = { title: 14, subtitle: 9, table: 10.5, cell: 7.5, head: 7 };
const inset = 2;
const most = { headLines: 4, rowLines: 3 };
const inner = page.width - 2 * page.margin;
const bottom = page.height - page.margin - page.footer;

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

export function paperPdf(paper: Paper, now: Instant): Promise<Uint8Array> {
  const title = [paper.title, paper.subtitle].filter(Boolean).join(' · ');
  return taggedPdf({ title, language: paper.language, page, now }, (doc) => new Sheets(doc, paper).draw(now));
}

class Sheets {
  readonly #doc: Doc;
  readonly #paper: Paper;
  readonly #root: Element;
  #y = 0;

  constructor(doc: Doc, paper: Paper) {
    this.#doc = doc;
    this.#paper = paper;
    this.#root = doc.struct('Document');
    doc.addStructure(this.#root);
  }

  draw(now: Instant): void {
    this.#startPage();
    for (const table of this.#paper.tables) this.#table(table);
    this.#root.end();
    this.#footers(now);
  }

  /** The title on each page; only the first is read aloud. */
  #startPage(): void {
    const { title, subtitle, legend } = this.#paper;
    this.#doc.addPage();
    const isFirst = this.#doc.bufferedPageRange().count === 1;
    const write = (tag: string, draw: () => void) => (isFirst ? tagged(this.#doc, this.#root, tag, draw) : artifact(this.#doc, draw));
    this.#y = page.margin;
    const line = (tag: string, words: string, size: number, font: 'plain' | 'bold') => {
      if (words === '') return;
      const height = this.#heightOf(words, inner, size, font, 2);
      write(tag, () => this.#words(words, { x: page.margin, y: this.#y, width: inner, size, font, lines: 2, quiet: font === 'plain' }));
      this.#y += height + 1;
    };
    line('H1', title, sizes.title, 'bold');
    line('P', subtitle, sizes.subtitle, 'plain');
    line('P', legend, sizes.head, 'plain');
    this.#y += 6;
  }

  #table(table: PaperTable): void {
    if (table.rows.length === 0) {
      this.#caption(table.title, 30);
      const at = { x: page.margin, y: this.#y, width: inner, size: sizes.subtitle, lines: 1 };
      tagged(this.#doc, this.#root, 'P', () => this.#words(text(this.#paper.language, 'report.empty'), at));
      this.#y += 24;
      return;
    }
    for (const part of partsOf(table.columns, table.pinned, inner)) this.#part(table, part);
  }

  #part(table: PaperTable, part: Part): void {
    const headHeight =
      Math.max(
        ...part.columns.map(({ column, width }) => this.#heightOf(headOf(column), width - 2 * inset, sizes.head, 'bold', most.headLines)),
      ) + 4;
    // A caption is not left behind by its table.
    this.#caption(table.title, headHeight + 40);
    const element = this.#doc.struct('Table');
    this.#root.add(element);
    this.#head(element, part, headHeight, true);
    for (const row of table.rows) {
      const height = this.#rowHeight(row, part);
      if (this.#y + height > bottom) {
        this.#startPage();
        this.#head(element, part, headHeight, false);
      }
      this.#row(element, row, part, height);
    }
    element.end();
    this.#y += 12;
  }

  #caption(words: string, needed: number): void {
    if (this.#y + 18 + needed > bottom) this.#startPage();
    const at = { x: page.margin, y: this.#y, width: inner, size: sizes.table, font: 'bold' as const, lines: 1 };
    tagged(this.#doc, this.#root, 'H2', () => this.#words(words, at));
    this.#y += 18;
  }

  #head(table: Element, part: Part, height: number, isFirst: boolean): void {
    artifact(this.#doc, () => this.#doc.rect(page.margin, this.#y, part.width, height).fill(ink.head));
    const cell = (draw: () => void, row: Element | null) => (row === null ? artifact(this.#doc, draw) : tagged(this.#doc, row, 'TH', draw));
    const row = isFirst ? this.#rowIn(table) : null;
    for (const { column, x, width } of part.columns) {
      const at = { x: page.margin + x + inset, y: this.#y + 2, width: width - 2 * inset, size: sizes.head, font: 'bold' as const };
      cell(() => this.#words(headOf(column), { ...at, lines: most.headLines, align: alignOf(column) }), row);
    }
    row?.end();
    this.#y += height;
  }

  #row(table: Element, cells: readonly Cell[], part: Part, height: number): void {
    const row = this.#rowIn(table);
    for (const [place, { column, index, x, width }] of part.columns.entries()) {
      const words = this.#wordsOf(cells[index] ?? null, column);
      const at = { x: page.margin + x + inset, y: this.#y + 2, width: width - 2 * inset, size: sizes.cell, lines: most.rowLines };
      tagged(this.#doc, row, place === 0 ? 'TH' : 'TD', () => {
        if (words !== '') this.#words(words, { ...at, align: alignOf(column) });
      });
    }
    row.end();
    this.#y += height;
    artifact(this.#doc, () =>
      this.#doc
        .moveTo(page.margin, this.#y)
        .lineTo(page.margin + part.width, this.#y)
        .lineWidth(0.4)
        .strokeColor(ink.line)
        .stroke(),
    );
  }

  /** Only texts are ever longer than a line. */
  #rowHeight(cells: readonly Cell[], part: Part): number {
    const heights = part.columns
      .filter(({ column }) => column.kind === 'text')
      .map(({ column, index, width }) =>
        this.#heightOf(this.#wordsOf(cells[index] ?? null, column), width - 2 * inset, sizes.cell, 'plain', most.rowLines),
      );
    return Math.max(this.#heightOf('0', 100, sizes.cell, 'plain', 1), ...heights) + 3;
  }

  #wordsOf(cell: Cell, { kind }: Column): string {
    const { language, timeZone } = this.#paper;
    if (cell === null) return '';
    if (kind === 'share')
      return new Intl.NumberFormat(localeTags[language], { style: 'percent', maximumFractionDigits: 1 }).format(Number(cell));
    if (kind === 'number') return new Intl.NumberFormat(localeTags[language], { maximumFractionDigits: 1 }).format(Number(cell));
    if (kind === 'moment') return Object.values(momentWords(Number(cell), timeZone)).join(' ');
    if (kind === 'day') return dayWords(String(cell));
    return kind === 'mark' ? verdictMark(String(cell), language) : String(cell);
  }

  #heightOf(words: string, width: number, size: number, font: 'plain' | 'bold', lines: number): number {
    this.#doc.font(font).fontSize(size);
    const line = this.#doc.currentLineHeight(true);
    return lines === 1 ? line : Math.min(this.#doc.heightOfString(words, { width }), line * lines + 0.1);
  }

  #words(
    words: string,
    at: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly size: number;
      readonly lines: number;
      readonly font?: 'plain' | 'bold';
      readonly quiet?: boolean;
      readonly align?: 'left' | 'right' | 'center';
    },
  ): void {
    const { width, font = 'plain', quiet = false, align = 'left' } = at;
    this.#doc
      .font(font)
      .fontSize(at.size)
      .fillColor(quiet ? ink.quiet : ink.text);
    const height = this.#doc.currentLineHeight(true) * at.lines + 0.1;
    this.#doc.text(words, at.x, at.y, { width, height, ellipsis: '…', align });
  }

  #footers(now: Instant): void {
    const { start, count } = this.#doc.bufferedPageRange();
    const { language, timeZone } = this.#paper;
    const at = { y: page.height - page.margin - 8, size: sizes.head, width: 300, lines: 1, quiet: true };
    const printedOn = text(language, 'print.printed-on', { date: formatDate(language, 'date', now, timeZone) });
    for (let index = 0; index < count; index += 1) {
      this.#doc.switchToPage(start + index);
      artifact(this.#doc, () => {
        this.#words(printedOn, { ...at, x: page.margin });
        const words = text(language, 'print.page', { page: index + 1, pages: count });
        this.#words(words, { ...at, x: page.width - page.margin - at.width, align: 'right' });
      });
    }
  }

  #rowIn(table: Element): Element {
    const row = this.#doc.struct('TR');
    table.add(row);
    return row;
  }
}

function headOf(column: Column): string {
  return column.narrowHead ?? column.head;
}

function alignOf({ kind }: Column): 'left' | 'right' | 'center' {
  if (kind === 'mark') return 'center';
  return kind === 'number' || kind === 'share' ? 'right' : 'left';
}
