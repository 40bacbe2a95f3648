// How registers judge: what holds for the university, for kinds of lessons and for courses. For administrators and coordinators.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { AttendanceRule, RegisterRule, RegisterRules } from '../../../../server/contract/attendance.ts';
import { recordsRoutes } from '../../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../../app/api.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { compareNames, dayKey, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Confirm } from '../../../ui/Dialog.tsx';
import { AddIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { dayText } from '../calendar/calendar.ts';
import { HoldingCard } from './HoldingCard.tsx';
import { RuleForm } from './RuleForm.tsx';
import { holdingsOf, type Place, placeOf } from './rules.ts';
import './rules.css';

export const rulesKey = ['register-rules'];

type Opened = { readonly rule: AttendanceRule; readonly place: Place; readonly isNew: boolean };

export default function RulesSection() {
  const { t } = useText();
  const { data, error, refetch } = useQuery({ queryKey: rulesKey, queryFn: ({ signal }) => api(recordsRoutes.registerRules, { signal }) });
  if (error) return <LoadFailure error={error} title={t('rules.failed')} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height="16rem" />;
  return <Rules {...data} />;
}

function Rules({ rules, fallback, mayWrite }: z.output<typeof RegisterRules>) {
  const { t, date, refusal } = useText();
  const client = useQueryClient();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [removing, setRemoving] = useState<RegisterRule | null>(null);
  const remove = useMutation({
    mutationFn: ({ id }: RegisterRule) => api(recordsRoutes.removeRegisterRule, { params: { id } }),
    onSuccess: async () => {
      announce(t('rules.removed'));
      await client.invalidateQueries({ queryKey: rulesKey });
    },
  });
  const holdings = holdingsOf(rules, dayKey(Date.now()), compareNames);
  const ofUniversity = holdings.find(({ scope }) => scope.of === 'university');
  const general = ofUniversity?.now?.rule ?? fallback;
  const add = () =>
    setOpened({ rule: general, isNew: true, place: { of: mayWrite.university ? 'kind' : 'course', kind: 'lecture', course: null } });
  const cards = holdings.map((holding) => (
    <HoldingCard
      key={holding.key}
      holding={holding}
      fallback={general}
      mayWrite={holding.scope.of === 'course' ? mayWrite.courses : mayWrite.university}
      onChange={(rule) => setOpened({ rule, place: placeOf(holding), isNew: false })}
      onRemove={setRemoving}
    />
  ));
  return (
    <div className="rules">
      <div className="university-bar">
        <p className="university-note rules-lead">{t('rules.lead')}</p>
        {mayWrite.university || mayWrite.courses ? (
          <Button icon={AddIcon} kind="primary" className="university-add" onPress={add}>
            {t('rules.add')}
          </Button>
        ) : null}
      </div>
      {remove.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(remove.error))}
        </Banner>
      ) : null}
      {ofUniversity ? null : (
        <HoldingCard
          holding={{ key: 'server', scope: { of: 'university' }, name: '', now: null, coming: [], past: [] }}
          fallback={fallback}
          mayWrite={mayWrite.university}
          onChange={(rule) => setOpened({ rule, place: { of: 'university', kind: 'lecture', course: null }, isNew: false })}
          onRemove={setRemoving}
        />
      )}
      {cards}
      {opened ? <RuleForm {...opened} mayWrite={mayWrite} onClose={() => setOpened(null)} /> : null}
      <Confirm
        isOpen={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t('rules.removeQuestion', { day: removing ? dayText(date, removing.validFrom) : '' })}
        kind="danger"
        action={t('app.remove')}
        onConfirm={async () => {
          // A refusal is shown above the list.
          if (removing) await remove.mutateAsync(removing).catch(() => undefined);
        }}
      >
        {t('rules.removeNote')}
      </Confirm>
    </div>
  );
}
