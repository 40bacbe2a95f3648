// Which sign parts the cells of a CSV.

/** Semicolons stand where the comma divides decimals, as in Kazakhstan. Signs within quotation marks are the names' own. */
export function delimiterOf(csv: string): string {
  const head = (csv.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (sign: string) => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
