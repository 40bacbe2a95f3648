// Draws the table of a week as a PDF: A4 across, its letters embedded, tagged so that it can be read aloud.
import type { Instant } from '../contract/ids.ts';
import { text } from '../texts/texts.ts';
import { artifact, tagged, taggedPdf } from './tagged-pdf.ts';
import type { PrintedLesson, PrintedRow, PrintedWeek } from './week.ts';

/** Points, 72 to an inch. */
const page = { width: 841.89, height: 595.28, margin: 28, timeColumn: 36, footer: 18 };
const ink = { text: '#1a1d21', quiet: '#565c66', line: '#c9ced6', head: '#f1f3f6', accent: '#1f4fa3' };
const sizes = { title: 15, subtitle: 9.5, head: 9, note: 7, when: 6.5, lesson: 8, detail: 7 };
const gap = 3;
/** Side by side in a cell; the third is under the first. */
const abreast = 2;
const linesPerRowPart = 4;
/** Letters become a little smaller when that brings the week onto one page. */
const scales = [1, 0.93, 0.87];
/** Where rows end. */
const bottom = page.height - page.margin - page.footer;

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

export function weekPdf(week: PrintedWeek, now: Instant): Promise<Buffer> {
  const title = `${week.title} – ${week.subtitle}`;
  return taggedPdf({ title, language: week.language, page, now }, (doc) => new WeekPage(doc, week).draw());
}

class WeekPage {
  readonly #doc: Doc;
  readonly #week: PrintedWeek;
  readonly #columnWidth: number;
  readonly #root: Element;
  #table: Element;
  #y = 0;
  #scale = 1;

  constructor(doc: Doc, week: PrintedWeek) {
    this.#doc = doc;
    this.#week = week;
    this.#columnWidth = (page.width - 2 * page.margin - page.timeColumn) / week.days.length;
    this.#root = doc.struct('Document');
    doc.addStructure(this.#root);
    this.#table = doc.struct('Table');
  }

  draw(): void {
    const rows = this.#week.rows.flatMap(partsOf);
    this.#startPage();
    this.#scale = scales.find((scale) => this.#y + this.#heightAt(scale, rows) <= bottom) ?? 1;
    if (this.#week.rows.length === 0)
      tagged(this.#doc, this.#root, 'P', () =>
        this.#words(text(this.#week.language, 'print.no-lessons'), { x: page.margin, y: this.#y + 24, size: 11, width: 700, lines: 1 }),
      );
    for (const row of rows) this.#drawRow(row);
    this.#table.end();
    this.#root.end();
    this.#footers();
  }

  /** Title, and the days over their columns: on each page again. */
  #startPage(): void {
    const { title, subtitle, days } = this.#week;
    this.#doc.addPage();
    const width = page.width - 2 * page.margin;
    const isFirst = this.#doc.bufferedPageRange().count === 1;
    const heading = (draw: () => void) => (isFirst ? tagged(this.#doc, this.#root, 'H1', draw) : artifact(this.#doc, draw));
    heading(() => this.#words(title, { x: page.margin, y: page.margin, size: sizes.title, width, font: 'bold', lines: 1 }));
    const below = page.margin + sizes.title * 1.45;
    const under = () => this.#words(subtitle, { x: page.margin, y: below, size: sizes.subtitle, width, color: ink.quiet, lines: 1 });
    if (isFirst) tagged(this.#doc, this.#root, 'P', under);
    else artifact(this.#doc, under);
    if (isFirst) this.#root.add(this.#table);
    this.#y = below + sizes.subtitle * 1.4 + 8;
    const height = days.some((day) => day.note !== '') ? 40 : 28;
    artifact(this.#doc, () => {
      this.#doc.rect(page.margin, this.#y, page.width - 2 * page.margin, height).fill(ink.head);
      this.#line(this.#y + height);
    });
    const head = this.#rowElement();
    this.#cell(head, 'TH', () => undefined);
    for (const [index, day] of days.entries()) {
      const at = { x: this.#columnX(index) + gap, width: this.#columnWidth - 2 * gap };
      this.#cell(head, 'TH', () => {
        this.#words(day.weekday, { ...at, y: this.#y + 3, size: sizes.head, font: 'bold', lines: 1 });
        this.#words(day.date, { ...at, y: this.#y + 14.5, size: sizes.note, color: ink.quiet, lines: 1 });
        if (day.note !== '') this.#words(day.note, { ...at, y: this.#y + 25, size: sizes.note, color: ink.accent, lines: 1 });
      });
    }
    head.end();
    this.#y += height;
  }

  #heightAt(scale: number, rows: readonly PrintedRow[]): number {
    this.#scale = scale;
    return rows.reduce((sum, row) => sum + this.#rowHeight(row), 0);
  }

  #rowHeight(row: PrintedRow): number {
    return Math.max(24, ...row.cells.map((lessons) => this.#cellHeight(lessons))) + gap;
  }

  #drawRow(row: PrintedRow): void {
    const height = this.#rowHeight(row);
    if (this.#y + height > bottom) this.#startPage();
    const top = this.#y;
    const element = this.#rowElement();
    this.#cell(element, 'TH', () =>
      this.#words(row.time, { x: page.margin, y: top + gap, size: sizes.head, width: page.timeColumn, font: 'bold', lines: 1 }),
    );
    for (const [index, lessons] of row.cells.entries()) {
      this.#cell(element, 'TD', () => this.#drawCell(lessons, this.#columnX(index), top + gap));
    }
    element.end();
    this.#y += height;
    artifact(this.#doc, () => {
      this.#line(this.#y);
      for (const [index] of this.#week.days.entries()) this.#upright(this.#columnX(index), top, this.#y);
    });
  }

  #drawCell(lessons: readonly PrintedLesson[], x: number, top: number): void {
    const width = this.#lessonWidth(lessons);
    let y = top;
    for (const line of linesOf(lessons)) {
      for (const [index, lesson] of line.entries()) this.#drawLesson(lesson, x + gap + index * (width + gap), y, width);
      y += Math.max(...line.map((lesson) => this.#lessonHeight(lesson, width)));
    }
  }

  #drawLesson(lesson: PrintedLesson, x: number, top: number, width: number): void {
    const color = lesson.cancelled ? ink.quiet : ink.text;
    let y = top;
    for (const part of this.#lessonParts(lesson)) {
      const height = this.#heightOf(part, width);
      this.#words(part.words, { x, y, width, ...part, color: part.quiet ? ink.quiet : color });
      y += height;
    }
  }

  #lessonParts(lesson: PrintedLesson) {
    const { when, title, teacher, groups, place, cancelled } = lesson;
    return [
      { words: when, size: sizes.when, lines: 2, quiet: true },
      { words: title, size: sizes.lesson, lines: 4, font: 'bold' as const, strike: cancelled },
      { words: teacher, size: sizes.detail, lines: 2 },
      { words: groups, size: sizes.detail, lines: 3 },
      { words: place, size: sizes.detail, lines: 2, quiet: true },
    ]
      .filter((part) => part.words !== '')
      .map((part) => ({ ...part, size: part.size * this.#scale }));
  }

  #lessonHeight(lesson: PrintedLesson, width: number): number {
    return this.#lessonParts(lesson).reduce((sum, part) => sum + this.#heightOf(part, width), 0) + gap;
  }

  #cellHeight(lessons: readonly PrintedLesson[]): number {
    const width = this.#lessonWidth(lessons);
    return linesOf(lessons).reduce((sum, line) => sum + Math.max(...line.map((lesson) => this.#lessonHeight(lesson, width))), gap);
  }

  #lessonWidth(lessons: readonly PrintedLesson[]): number {
    const count = Math.max(1, Math.min(abreast, lessons.length));
    return (this.#columnWidth - gap * (count + 1)) / count;
  }

  #heightOf(part: { words: string; size: number; lines: number; font?: 'bold' }, width: number): number {
    this.#doc.font(part.font ?? 'plain').fontSize(part.size);
    const line = this.#doc.currentLineHeight(true);
    return Math.min(this.#doc.heightOfString(part.words, { width }), line * part.lines + 0.1);
  }

  #words(
    words: string,
    at: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly size: number;
      readonly lines: number;
      readonly font?: 'bold';
      readonly color?: string;
      readonly strike?: boolean;
      readonly align?: 'right';
    },
  ): void {
    this.#doc
      .font(at.font ?? 'plain')
      .fontSize(at.size)
      .fillColor(at.color ?? ink.text);
    const height = this.#doc.currentLineHeight(true) * at.lines;
    const { width, strike = false, align } = at;
    this.#doc.text(words, at.x, at.y, { width, height, ellipsis: '…', strike, ...(align && { align }) });
  }

  #footers(): void {
    const { start, count } = this.#doc.bufferedPageRange();
    const { language, printedOn } = this.#week;
    const at = { y: page.height - page.margin - 8, size: sizes.note, width: 300, color: ink.quiet, lines: 1 };
    for (let index = start; index < start + count; index++) {
      this.#doc.switchToPage(index);
      artifact(this.#doc, () => {
        this.#words(printedOn, { ...at, x: page.margin });
        const words = text(language, 'print.page', { page: index - start + 1, pages: count });
        this.#words(words, { ...at, x: page.width - page.margin - at.width, align: 'right' });
      });
    }
  }

  #columnX(index: number): number {
    return page.margin + page.timeColumn + index * this.#columnWidth;
  }

  #rowElement(): Element {
    const row = this.#doc.struct('TR');
    this.#table.add(row);
    return row;
  }

  #cell(row: Element, type: 'TH' | 'TD', draw: () => void): void {
    tagged(this.#doc, row, type, draw);
  }

  #line(y: number): void {
    this.#doc
      .moveTo(page.margin, y)
      .lineTo(page.width - page.margin, y)
      .lineWidth(0.5)
      .strokeColor(ink.line)
      .stroke();
  }

  #upright(x: number, from: number, to: number): void {
    this.#doc.moveTo(x, from).lineTo(x, to).lineWidth(0.5).strokeColor(ink.line).stroke();
  }
}

function linesOf(lessons: readonly PrintedLesson[]): PrintedLesson[][] {
  const lines: PrintedLesson[][] = [];
  for (let at = 0; at < lessons.length; at += abreast) lines.push(lessons.slice(at, at + abreast));
  return lines;
}

/** A row with more than fits well under its time goes on in further rows of the same time. */
function partsOf(row: PrintedRow): PrintedRow[] {
  const most = linesPerRowPart * abreast;
  const count = Math.max(1, ...row.cells.map((lessons) => Math.ceil(lessons.length / most)));
  return Array.from({ length: count }, (_, index) => ({
    time: row.time,
    cells: row.cells.map((lessons) => lessons.slice(index * most, (index + 1) * most)),
  }));
}
