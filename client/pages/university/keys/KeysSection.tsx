// Keys by which other systems send the university and its timetable. For administrators.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '../../../../server/contract/api-keys.ts';
import { importRoutes } from '../../../../server/contract/routes-import.ts';
import { api } from '../../../app/api.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { StatusChip } from '../../../ui/Chip.tsx';
import { Confirm } from '../../../ui/Dialog.tsx';
import { AddIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Table } from '../../../ui/Table.tsx';
import { AddKey } from './AddKey.tsx';

const queryKey = ['api-keys'];

export default function KeysSection() {
  const { t, date, dateTime } = useText();
  const client = useQueryClient();
  const keys = useQuery({ queryKey, queryFn: ({ signal }) => api(importRoutes.apiKeys, { signal }) });
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => api(importRoutes.revokeApiKey, { params: { id } }),
    onSuccess: async () => {
      announce(t('keys.revoked'));
      await client.invalidateQueries({ queryKey });
    },
  });
  if (keys.error) return <LoadFailure error={keys.error} title={t('university.keys')} onRetry={() => void keys.refetch()} />;
  if (keys.data === undefined) return <Skeleton height="12rem" />;
  return (
    <div className="university-keys">
      <p className="university-note">{t('keys.lead')}</p>
      <div className="university-bar">
        <Button icon={AddIcon} kind="primary" onPress={() => setAdding(true)}>
          {t('keys.add')}
        </Button>
      </div>
      {keys.data.keys.length === 0 ? <p>{t('keys.none')}</p> : null}
      {keys.data.keys.length > 0 ? (
        <Table
          label={t('university.keys')}
          columns={[
            { id: 'name', title: t('keys.name'), isRowHeader: true, cell: ({ name }) => name },
            { id: 'rights', title: t('keys.rights'), cell: ({ rights }) => rights.map((right) => t(`keys.right.${right}`)).join(', ') },
            { id: 'used', title: t('keys.used'), cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('keys.never') : dateTime(lastUsedAt)) },
            { id: 'expires', title: t('keys.expires'), cell: ({ expiresAt }) => (expiresAt === null ? t('keys.always') : date(expiresAt)) },
            { id: 'state', title: t('keys.state'), cell: (key) => <KeyState apiKey={key} /> },
            {
              id: 'revoke',
              title: t('keys.revoke'),
              hideTitle: true,
              cell: (key) =>
                key.revokedAt === null ? (
                  <Button size="small" onPress={() => setRevoking(key)}>
                    {t('keys.revoke')}
                  </Button>
                ) : null,
            },
          ]}
          rows={keys.data.keys}
          rowKey={({ id }) => id}
          className="university-table"
        />
      ) : null}
      {adding ? <AddKey onAdded={() => void client.invalidateQueries({ queryKey })} onClose={() => setAdding(false)} /> : null}
      <Confirm
        isOpen={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={t('keys.revokeQuestion', { name: revoking?.name ?? '' })}
        kind="danger"
        action={t('keys.revoke')}
        onConfirm={async () => {
          if (revoking) await revoke.mutateAsync(revoking);
        }}
      >
        {t('keys.revokeNote')}
      </Confirm>
    </div>
  );
}

function KeyState({ apiKey: { revokedAt, expiresAt } }: { readonly apiKey: ApiKey }) {
  const { t } = useText();
  if (revokedAt !== null) return <StatusChip tone="danger">{t('keys.revoked')}</StatusChip>;
  if (expiresAt !== null && expiresAt <= Date.now()) return <StatusChip tone="warn">{t('keys.expired')}</StatusChip>;
  return <StatusChip tone="good">{t('keys.works')}</StatusChip>;
}
