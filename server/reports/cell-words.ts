// Verdicts in words and as marks of a letter or two.
import { Verdict } from '../contract/attendance.ts';
import type { Language } from '../contract/identity.ts';
import { text } from '../texts/texts.ts';

const corrected = '*';

export function verdictCell(cell: { readonly verdict: Verdict; readonly corrected: boolean } | null): string | null {
  return cell && `${cell.verdict}${cell.corrected ? corrected : ''}`;
}

export function verdictWord(cell: string, language: Language): string {
  const { verdict, star } = partsOf(cell);
  return text(language, `report.verdict.${verdict}`) + star;
}

export function verdictMark(cell: string, language: Language): string {
  const { verdict, star } = partsOf(cell);
  return text(language, `report.mark.${verdict}`) + star;
}

/** + present · L late … */
export function legendOf(language: Language): string {
  const marks = Verdict.options.map(
    (verdict) => `${text(language, `report.mark.${verdict}`)} ${text(language, `report.verdict.${verdict}`)}`,
  );
  return [...marks, text(language, 'report.corrected')].join(' · ');
}

function partsOf(cell: string): { readonly verdict: Verdict; readonly star: string } {
  const isCorrected = cell.endsWith(corrected);
  return { verdict: Verdict.parse(isCorrected ? cell.slice(0, -1) : cell), star: isCorrected ? corrected : '' };
}
