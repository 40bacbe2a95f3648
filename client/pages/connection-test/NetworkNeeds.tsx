// What to ask the network's administrator, ready to be copied.
import { useState } from 'react';
import type { TestBegun, TestResult } from '../../../server/contract/connection-test.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';
import { networkText } from './network-text.ts';

export function NetworkNeeds({ begun, result }: { readonly begun: TestBegun; readonly result: TestResult }) {
  const texts = useText();
  const { t } = texts;
  const [now] = useState(() => Date.now());
  const text = networkText(texts, begun, result, { origin: location.origin, now });
  return (
    <Card title={t('connection.network')} actions={<CopyButton text={text} label={t('connection.network.copy')} />}>
      <p className="connection-quiet">{t('connection.network.text')}</p>
      <pre className="connection-text">{text}</pre>
    </Card>
  );
}
