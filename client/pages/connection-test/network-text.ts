// What a network must let through, as a text to be copied and sent to those who look after it.
import type { TestBegun, TestResult } from '../../../server/contract/connection-test.ts';
import type { Texts } from '../../i18n/index.ts';

/** `now`: when the test was made. */
export function networkText(
  { t, dateTime }: Pick<Texts, 't' | 'dateTime'>,
  { address, needs }: Pick<TestBegun, 'address' | 'needs'>,
  { ways }: Pick<TestResult, 'ways'>,
  { origin, now }: { readonly origin: string; readonly now: number },
): string {
  const site = new URL(origin);
  const port = site.port || (site.protocol === 'https:' ? '443' : '80');
  const media = needs.addresses.map((each) => {
    if (needs.ports === null) return t('connection.network.mediaAny', { address: each });
    const [first, last] = needs.ports.map(String);
    return t('connection.network.media', { address: each, ports: first === last ? `${first}` : `${first}–${last}` });
  });
  const closed = ways
    .filter(({ state }) => state !== 'works')
    .map(({ kind, relay }) => [t(`connection.way.${kind}`), relay].filter(Boolean).join(': '));
  return [
    t('connection.network.lead', { site: origin }),
    `• ${t('connection.network.site', { site: site.hostname, port })}`,
    ...media.map((line) => `• ${line}`),
    ...needs.relays.map((relay) => `• ${t('connection.network.relay', { relay })}`),
    ...(closed.length > 0 ? [t('connection.network.closed', { ways: closed.join('; ') })] : []),
    t('connection.network.seen', { address, time: dateTime(now) }),
  ].join('\n');
}
