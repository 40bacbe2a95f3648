// What a destination refused for good: looked at, and sent again once the other side is mended.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Destination } from '../../../server/contract/outbox.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

export function DeadLetters({ id, dead }: { readonly id: Destination['id']; readonly dead: number }) {
  const { t, number, dateTime, refusal } = useText();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState(0);
  const letters = useQuery({
    queryKey: ['outbox', id, 'dead', page],
    queryFn: ({ signal }) => api(recordsRoutes.deadLetters, { params: { id }, query: { page }, signal }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const retry = useMutation({
    mutationFn: () => api(recordsRoutes.retryDead, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['outbox'] }),
  });
  const error = letters.error ?? retry.error;
  const shown = letters.data?.letters ?? [];
  return (
    <section className="records-dead">
      <Banner
        tone="danger"
        title={t('records.dead.title', { n: dead })}
        action={
          <>
            <Button onPress={() => setOpen(!open)} aria-expanded={open}>
              {t(open ? 'records.dead.hide' : 'records.dead.show')}
            </Button>
            <Button isPending={retry.isPending} onPress={() => retry.mutate()}>
              {t('records.dead.retry')}
            </Button>
          </>
        }
      >
        {t('records.dead.text')}
      </Banner>
      {error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(error))}
        </Banner>
      ) : null}
      {open ? (
        <ul className="records-letters">
          {shown.map((letter) => (
            <li key={letter.seq}>
              <details>
                <summary>
                  <span className="tabular">№ {number(letter.seq)}</span> · {letter.kind} · {dateTime(letter.at)} — {letter.error}
                </summary>
                <pre className="records-body">{letter.body}</pre>
              </details>
            </li>
          ))}
        </ul>
      ) : null}
      {open && letters.data && letters.data.total > shown.length ? (
        <div className="records-pages">
          <Button isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            {t('app.back')}
          </Button>
          <Button isDisabled={shown.length === 0} onPress={() => setPage(page + 1)}>
            {t('app.next')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
