// Takes iCalendar text apart: lines unfolded, each with name, parameters and value, in components (RFC 5545, section 3.1; RFC 6868).
import type { CalendarFault, CalendarFaultCode } from './calendar-event.ts';

export interface Property {
  readonly line: number;
  /** In capitals, as are the names of parameters. */
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  /** As it stands. */
  readonly value: string;
}

export interface Component {
  readonly line: number;
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

interface Open extends Component {
  readonly properties: Property[];
  readonly components: Component[];
}

export class Faults {
  readonly list: CalendarFault[] = [];

  /** The first thousand are enough to mend a file by. */
  add(line: number, code: CalendarFaultCode, value: string): void {
    if (this.list.length < 1000) this.list.push({ line, code, value: value.slice(0, 200) });
  }
}

const mostCharacters = 64 * 1024 * 1024;
const mostDepth = 8;

/** The calendars of a text: usually one. Lines that cannot be read are faults and left out; so is what was never ended. */
export function readComponents(text: string, faults: Faults): readonly Component[] {
  if (text.length > mostCharacters) {
    faults.add(1, 'too-large', `${text.length}`);
    return [];
  }
  const top: Component[] = [];
  const stack: Open[] = [];
  for (const { line, text: content } of unfolded(text)) {
    if (content.trim() === '') continue;
    const property = readLine(line, content);
    if (property === null) {
      faults.add(line, 'syntax', content);
      continue;
    }
    if (property.name === 'BEGIN') {
      if (stack.length >= mostDepth) {
        faults.add(line, 'syntax', content);
        return top;
      }
      stack.push({ line, name: property.value.trim().toUpperCase(), properties: [], components: [] });
      continue;
    }
    const open = stack.at(-1);
    if (property.name !== 'END') {
      if (open) open.properties.push(property);
      else faults.add(line, 'syntax', content);
      continue;
    }
    if (open?.name !== property.value.trim().toUpperCase()) {
      faults.add(line, 'syntax', content);
      continue;
    }
    stack.pop();
    (stack.at(-1)?.components ?? top).push(open);
  }
  // A file that was cut off: what is whole in it is read.
  for (const open of stack.toReversed()) {
    faults.add(open.line, 'syntax', `BEGIN:${open.name}`);
    if (open.name === 'VCALENDAR') top.push(open);
  }
  return top;
}

/** A line that begins with a blank or a tab goes on where the one before ended. */
function* unfolded(text: string): Generator<{ readonly line: number; readonly text: string }> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  let parts: string[] = [];
  let first = 1;
  for (const [index, line] of lines.entries()) {
    if ((line.startsWith(' ') || line.startsWith('\t')) && parts.length > 0) {
      parts.push(line.slice(1));
      continue;
    }
    if (parts.length > 0) yield { line: first, text: parts.join('') };
    parts = [line];
    first = index + 1;
  }
  if (parts.length > 0) yield { line: first, text: parts.join('') };
}

function readLine(line: number, content: string): Property | null {
  const name = /^[A-Za-z0-9_-]+/.exec(content)?.[0];
  if (name === undefined) return null;
  const params = new Map<string, string>();
  let at = name.length;
  while (content[at] === ';') {
    const key = /^[A-Za-z0-9_-]+/.exec(content.slice(at + 1, at + 80))?.[0];
    if (key === undefined || content[at + 1 + key.length] !== '=') return null;
    at += key.length + 2;
    const begin = at;
    let quoted = false;
    while (at < content.length && (quoted || (content[at] !== ';' && content[at] !== ':'))) {
      if (content[at] === '"') quoted = !quoted;
      at += 1;
    }
    const value = content.slice(begin, at);
    params.set(key.toUpperCase(), unquoted(value));
  }
  return content[at] === ':' ? { line, name: name.toUpperCase(), params, value: content.slice(at + 1) } : null;
}

function unquoted(value: string): string {
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return bare.replace(/\^([n'^])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'));
}

/** Of a value of type TEXT. */
export function plainText(value: string): string {
  return value.replace(/\\([nN\\;,])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** Of a list of texts: commas that are not escaped divide. */
export function plainTexts(value: string): string[] {
  return (value.match(/(?:\\.|[^\\,])+/gs) ?? []).map((item) => plainText(item).trim()).filter((item) => item !== '');
}

export function firstOf(component: Component, name: string): Property | undefined {
  return component.properties.find((property) => property.name === name);
}

export function allOf(component: Component, name: string): readonly Property[] {
  return component.properties.filter((property) => property.name === name);
}
