// Which parts of a recording were seen, as a bar along its time.
import { clock, useText } from '../../../i18n/index.ts';

export type SeenBarProps = {
  /** Of watching time, in order. */
  readonly parts: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly lengthMs: number;
  readonly name: string;
};

/** So many are read out; whoever looks sees all. */
const mostRead = 6;

export function SeenBar({ parts, lengthMs, name }: SeenBarProps) {
  const { t } = useText();
  const percent = (ms: number) => `${lengthMs > 0 ? Math.min(100, (ms / lengthMs) * 100) : 0}%`;
  const times = parts.slice(0, mostRead).map(({ fromMs, toMs }) => `${clock(fromMs)}–${clock(toMs)}`);
  const more = parts.length - times.length;
  const words =
    times.length === 0 ? t('viewing.parts.none') : times.join(', ') + (more > 0 ? ` ${t('viewing.parts.more', { n: more })}` : '');
  const marks = parts.map(({ fromMs, toMs }) => (
    <span key={fromMs} className="seen-bar-part" style={{ insetInlineStart: percent(fromMs), width: percent(toMs - fromMs) }} />
  ));
  return (
    <span className="seen-bar" role="img" aria-label={t('viewing.parts.of', { name, parts: words })} title={words}>
      {marks}
    </span>
  );
}
