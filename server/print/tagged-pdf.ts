// What all our PDFs are: with the letters of all three languages embedded, and tagged (ISO 32000, 14.7 and 14.8), so that they can be read aloud.
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { Language } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import { localeTags } from '../texts/texts.ts';

const fonts = {
  plain: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf')),
};

type Document = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

interface Sheet {
  readonly title: string;
  readonly language: Language;
  /** Points, 72 to an inch. */
  readonly page: { readonly width: number; readonly height: number; readonly margin: number };
  readonly now: Instant;
}

/** The fonts are called `plain` and `bold`; `draw` adds the pages. */
export function taggedPdf({ title, language, page, now }: Sheet, draw: (doc: Document) => void): Promise<Buffer> {
  const doc = new PDFDocument({
    size: [page.width, page.height],
    // The footer stands in the margin: with a margin there, pdfkit would begin a page for it.
    margins: { top: page.margin, left: page.margin, right: page.margin, bottom: 0 },
    ...{ tagged: true, displayTitle: true, pdfVersion: '1.7', lang: localeTags[language], bufferPages: true, autoFirstPage: false },
    info: { Title: title, Author: 'Auditoria', CreationDate: new Date(now) },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((done, fail) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => done(Buffer.concat(chunks)));
    doc.on('error', fail);
  });
  doc.registerFont('plain', fonts.plain);
  doc.registerFont('bold', fonts.bold);
  draw(doc);
  doc.end();
  return ended;
}

/** What `draw` writes is one element of the given type within `parent`. */
export function tagged(doc: Document, parent: Element, type: string, draw: () => void): void {
  const element = doc.struct(type);
  parent.add(element);
  element.add(doc.markStructureContent(type));
  draw();
  doc.endMarkedContent();
  element.end();
}

/** Lines and repeated heads are not read aloud. */
export function artifact(doc: Document, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
