// The second factor: whether it is on, and the ways to set it up, move it to another phone, renew the codes, or turn it off.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Person } from '../../../server/contract/identity.ts';
import type { Proof, SecondFactorSecret } from '../../../server/contract/privacy.ts';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { api, errorCode } from '../../app/api.ts';
import { meKey } from '../../app/queries.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { KeyIcon, ShieldIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { EnrolDialog } from './EnrolDialog.tsx';
import { ProofDialog } from './ProofDialog.tsx';
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx';

type Wish = 'renew' | 'codes' | 'remove';
type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'prove'; readonly wish: Wish }
  | { readonly kind: 'enrol'; readonly secret: z.output<typeof SecondFactorSecret> }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

const secondFactorKey = ['second-factor'] as const;

export function SecondFactorSection({ person }: { readonly person: Person }) {
  const { t, date, refusal } = useText();
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ kind: 'rest' });
  const state = useQuery({ queryKey: secondFactorKey, queryFn: ({ signal }) => api(accountRoutes.secondFactor, { signal }) });
  const rest = () => setStep({ kind: 'rest' });
  const begin = useMutation({
    mutationFn: (proof: Proof | undefined) => api(accountRoutes.beginSecondFactor, { body: { proof } }),
    onSuccess: (secret) => setStep({ kind: 'enrol', secret }),
  });
  const refresh = () =>
    Promise.all([client.invalidateQueries({ queryKey: secondFactorKey }), client.invalidateQueries({ queryKey: meKey })]);
  const fulfil = async (wish: Wish, proof: Proof) => {
    if (wish === 'renew') return begin.mutateAsync(proof).then(() => undefined);
    if (wish === 'codes') {
      const { recoveryCodes } = await api(accountRoutes.renewRecoveryCodes, { body: { proof } });
      setStep({ kind: 'codes', codes: recoveryCodes });
      return;
    }
    await api(accountRoutes.removeSecondFactor, { body: { proof } });
    announce(t('account.sf.removed'));
    rest();
    await refresh();
  };
  const known = state.data;
  const isOn = known !== undefined && known.since !== null;
  return (
    <Card
      title={t('account.sf.title')}
      actions={
        known ? (
          <Chip tone={isOn ? 'good' : 'neutral'} icon={ShieldIcon}>
            {known.since === null ? t('account.sf.off') : t('account.sf.on', { date: date(known.since) })}
          </Chip>
        ) : null
      }
    >
      <div className="account-stack">
        <p>{t('account.sf.text')}</p>
        {person.secondFactor === 'wished' && person.secondFactorDueAt !== undefined ? (
          <Banner tone="warn">{t('account.sf.wished', { date: date(person.secondFactorDueAt) })}</Banner>
        ) : null}
        {state.isPending ? <Skeleton height="2.5rem" /> : null}
        {state.error || begin.error ? (
          <Banner tone="danger" announce="assertive">
            {refusal(errorCode(state.error ?? begin.error))}
          </Banner>
        ) : null}
        {isOn ? <p className="account-note">{t('account.sf.codesLeft', { n: known.recoveryCodesLeft })}</p> : null}
        {known ? (
          <div className="account-buttons">
            {isOn ? (
              <>
                <Button onPress={() => setStep({ kind: 'prove', wish: 'renew' })}>{t('account.sf.renew')}</Button>
                <Button icon={KeyIcon} onPress={() => setStep({ kind: 'prove', wish: 'codes' })}>
                  {t('account.sf.newCodes')}
                </Button>
                {known.required ? null : (
                  <Button kind="quiet" onPress={() => setStep({ kind: 'prove', wish: 'remove' })}>
                    {t('account.sf.remove')}
                  </Button>
                )}
              </>
            ) : (
              <Button kind="primary" icon={ShieldIcon} isPending={begin.isPending} onPress={() => begin.mutate(undefined)}>
                {t('account.sf.setUp')}
              </Button>
            )}
          </div>
        ) : null}
        {isOn && known.required ? <p className="account-note">{t('account.sf.requiredNote')}</p> : null}
      </div>
      {step.kind === 'prove' && known ? (
        <ProofDialog hasPassword={known.hasPassword} onClose={rest} onProof={(proof) => fulfil(step.wish, proof)} />
      ) : null}
      {step.kind === 'enrol' ? (
        <EnrolDialog
          secret={step.secret}
          onClose={rest}
          onDone={(codes) => {
            announce(t('account.sf.done'));
            setStep({ kind: 'codes', codes });
          }}
        />
      ) : null}
      {step.kind === 'codes' ? (
        <RecoveryCodesDialog
          codes={step.codes}
          onClose={() => {
            rest();
            void refresh();
          }}
        />
      ) : null}
    </Card>
  );
}
