// A report as a file of each format.
import type { Instant } from '../contract/ids.ts';
import type { Format, Paper } from './paper.ts';

/** Only what a format needs is loaded. */
export async function paperFile(paper: Paper, format: Format, now: Instant): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode((await import('./paper-csv.ts')).paperCsv(paper));
  if (format === 'xlsx') return (await import('./paper-xlsx.ts')).paperXlsx(paper);
  return (await import('./paper-pdf.ts')).paperPdf(paper, now);
}
