// The log: one line per event, JSON for machines or text for a terminal, without secrets.
import { pino } from 'pino';
import { hintFor } from './hints.ts';

export type Log = pino.Logger;

const SECRET = ['token', 'password', 'authorization', 'cookie', 'roomToken', 'guestToken', 'resumeKey'];
const redact = { paths: [...SECRET, ...SECRET.map((key) => `*.${key}`)], censor: '[secret]' };

const errorLevel = 50;

const errorIn = (context: object): unknown => ('error' in context ? context.error : undefined);

interface Sink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function openLog(options: { readonly level: string; readonly format: 'auto' | 'json' | 'text' }, sink: Sink = process.stdout): Log {
  const text = options.format === 'text' || (options.format === 'auto' && sink.isTTY === true);
  const settings: pino.LoggerOptions = {
    ...{ level: options.level, base: null, redact, serializers: { error: pino.stdSerializers.err } },
    // X20: someone must act; whoever logs it may know better what is to be done.
    mixin: (context, level) => (level >= errorLevel && !('hint' in context) ? { hint: hintFor(errorIn(context)) } : {}),
  };
  return pino(settings, { write: (line: string) => sink.write(text ? asText(line) : line) });
}

function asText(line: string): string {
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== 'object' || entry === null) return line;
  const { level, time, msg, error, hint, ...context }: Record<string, unknown> = { ...entry };
  const when = new Date(Number(time)).toTimeString().slice(0, 8);
  const label = pino.levels.labels[Number(level)] ?? 'info';
  const rest = Object.entries(context).map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${when} ${label.padEnd(5)} ${String(msg ?? '')}${rest.join('')}${hint === undefined ? '' : `\n  → ${String(hint)}`}${error === undefined ? '' : `\n${described(error)}`}\n`;
}

function described(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'stack' in error && typeof error.stack === 'string') return error.stack;
  return JSON.stringify(error);
}
