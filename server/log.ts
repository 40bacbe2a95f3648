// The log: one line per event, JSON for machines or text for a terminal, without secrets.
import { pino } from 'pino';

export type Log = pino.Logger;

const SECRET = ['token', 'password', 'authorization', 'cookie', 'roomToken', 'guestToken', 'resumeKey'];
const redact = { paths: [...SECRET, ...SECRET.map((key) => `*.${key}`)], censor: '[secret]' };

interface Sink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function openLog(options: { readonly level: string; readonly format: 'auto' | 'json' | 'text' }, sink: Sink = process.stdout): Log {
  const text = options.format === 'text' || (options.format === 'auto' && sink.isTTY === true);
  const settings: pino.LoggerOptions = { level: options.level, base: null, redact, serializers: { error: pino.stdSerializers.err } };
  return pino(settings, { write: (line: string) => sink.write(text ? asText(line) : line) });
}

function asText(line: string): string {
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== 'object' || entry === null) return line;
  const { level, time, msg, error, ...context }: Record<string, unknown> = { ...entry };
  const when = new Date(Number(time)).toTimeString().slice(0, 8);
  const label = pino.levels.labels[Number(level)] ?? 'info';
  const rest = Object.entries(context).map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${when} ${label.padEnd(5)} ${String(msg ?? '')}${rest.join('')}${error === undefined ? '' : `\n${described(error)}`}\n`;
}

function described(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'stack' in error && typeof error.stack === 'string') return error.stack;
  return JSON.stringify(error);
}
