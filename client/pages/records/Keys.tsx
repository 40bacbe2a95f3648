// The keys that sign the heads: which one does now, which did before, and a new one from now on.
import { useState } from 'react';
import type { TraceKey } from '../../../server/contract/evidence.ts';
import { errorCode } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { KeyIcon } from '../../ui/icons.ts';
import '../../ui/Link.css';

type KeysProps = {
  readonly keys: readonly TraceKey[];
  readonly mayRotate: boolean;
  readonly isRotating: boolean;
  readonly error: Error | null;
  readonly onRotate: () => Promise<unknown>;
};

export function Keys({ keys, mayRotate, isRotating, error, onRotate }: KeysProps) {
  const { t, date, refusal } = useText();
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title={t('records.keys.title')}
      actions={
        mayRotate ? (
          <Button icon={KeyIcon} isPending={isRotating} onPress={() => setAsking(true)}>
            {t('records.keys.rotate')}
          </Button>
        ) : null
      }
    >
      <p className="records-text">{t('records.keys.text')}</p>
      <p className="records-note">
        <a className="link" href="/.well-known/auditoria-trace-keys.json">
          /.well-known/auditoria-trace-keys.json
        </a>
      </p>
      <ul className="records-keys">
        {keys.map(({ id, publicKey, createdAt, retiredAt }) => (
          <li key={id}>
            <strong>{id}</strong>
            <span className="records-note">
              {retiredAt === null
                ? t('records.keys.since', { day: date(createdAt, 'long') })
                : t('records.keys.between', { from: date(createdAt, 'long'), to: date(retiredAt, 'long') })}
            </span>
            <span className="records-key">
              <code>{publicKey}</code>
              <CopyButton text={publicKey} label={t('records.keys.copy')} />
            </span>
          </li>
        ))}
      </ul>
      {error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(error))}
        </Banner>
      ) : null}
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('records.keys.question')}
        action={t('records.keys.rotate')}
        onConfirm={async () => {
          // The refusal is shown on the card.
          await onRotate().catch(() => undefined);
        }}
      >
        {t('records.keys.questionText')}
      </Confirm>
    </Card>
  );
}
