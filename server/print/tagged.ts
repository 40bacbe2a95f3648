// Says in a PDF what is read aloud and as what, and what is only drawn (ISO 32000, 14.7 and 14.8).

type Document = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

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
