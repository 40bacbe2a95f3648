// Sends the result to those who run the server, with the name of who is signed in.
import { type FormEvent, useState } from 'react';
import { useLocation } from 'react-router';
import type { TestBegun, TestResult } from '../../../server/contract/connection-test.ts';
import { connectionTestRoutes } from '../../../server/contract/routes-connection-test.ts';
import { api, errorCode } from '../../app/api.ts';
import { signInAddress } from '../../app/next-address.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { SendIcon } from '../../ui/icons.ts';
import { TextField } from '../../ui/TextField.tsx';

const longestNote = 500;

export function ReportForm({ begun, result }: { readonly begun: TestBegun; readonly result: TestResult }) {
  const { t } = useText();
  const { state } = useSession();
  return (
    <Card title={t('connection.report')}>
      {state === 'signed-in' ? (
        <>
          <p className="connection-quiet">{t('connection.report.text', { n: begun.keptDays })}</p>
          <Form result={result} />
        </>
      ) : (
        <SignIn />
      )}
    </Card>
  );
}

function SignIn() {
  const { t } = useText();
  const location = useLocation();
  return (
    <>
      <p className="connection-quiet">{t('connection.report.signIn')}</p>
      <div>
        <ButtonLink href={signInAddress(location)}>{t('identity.signIn.button')}</ButtonLink>
      </div>
    </>
  );
}

function Form({ result }: { readonly result: TestResult }) {
  const { t, refusal } = useText();
  const [note, setNote] = useState('');
  const [sent, setSent] = useState<'no' | 'sending' | 'yes'>('no');
  const [fault, setFault] = useState<string | null>(null);
  if (sent === 'yes') {
    return (
      <Banner tone="good" announce="polite">
        {t('connection.report.sent')}
      </Banner>
    );
  }
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSent('sending');
    setFault(null);
    try {
      await api(connectionTestRoutes.sendConnectionReport, { body: { result, note } });
      setSent('yes');
    } catch (error) {
      setFault(errorCode(error));
      setSent('no');
    }
  };
  return (
    <form className="connection-form" onSubmit={(event) => void send(event)}>
      <TextField label={t('connection.report.note')} optional rows={3} maxLength={longestNote} value={note} onChange={setNote} />
      {fault ? (
        <Banner tone="danger" announce="assertive">
          {refusal(fault)}
        </Banner>
      ) : null}
      <div>
        <Button type="submit" kind="primary" icon={SendIcon} isPending={sent === 'sending'}>
          {t('connection.report.send')}
        </Button>
      </div>
    </form>
  );
}
