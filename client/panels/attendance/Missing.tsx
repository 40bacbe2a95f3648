// The missing by name, with what is known of each, and a way to call them: all at once or one by one.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonId } from '../../../server/contract/ids.ts';
import type { LiveRegister } from '../../../server/contract/live-register.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../app/api.ts';
import { compareNames, type Texts, useText } from '../../i18n/index.ts';
import { useClassroom, useNow } from '../../pages/room/classroom.ts';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { CallIcon } from '../../ui/icons.ts';
import { liveRegisterKey } from './useLiveRegister.ts';

type MissingPerson = LiveRegister['missing'][number];
/** As the server keeps it. */
const callEveryMs = 5 * 60_000;
/** More rows than a screen holds are drawn only on demand. */
const firstRows = 40;
const order = { lost: 0, left: 1, waiting: 2, 'not-come': 3 } as const;

export function Missing({ register }: { readonly register: LiveRegister }) {
  const { t, refusal } = useText();
  const { session } = useClassroom();
  const client = useQueryClient();
  const id = session.lessonId;
  const begun = useBegun();
  const now = useNow(10_000);
  const [all, setAll] = useState(false);
  const call = useMutation({
    mutationFn: (people: 'all' | PersonId[]) => api(recordsRoutes.callMissing, { params: { id }, body: { people } }),
    onSettled: () => client.invalidateQueries({ queryKey: liveRegisterKey(id) }),
  });
  const { missing, mayCall, expected } = register;
  if (missing.length === 0) return expected === 0 ? null : <p className="live-good">{t('live.everybodyHere')}</p>;
  const people = [...missing].sort((one, other) => order[one.state] - order[other.state] || compareNames(one.name, other.name));
  const shown = all ? people : people.slice(0, firstRows);
  const mayCallNow = (person: MissingPerson) =>
    mayCall && begun && person.state !== 'waiting' && (person.calledAt === null || person.calledAt + callEveryMs <= now);
  return (
    <section className="live-part" aria-label={t('live.missing', { n: missing.length })}>
      <h3 className="live-title tabular">{t('live.missing', { n: missing.length })}</h3>
      {mayCall ? (
        <div className="live-call">
          <Button icon={CallIcon} isPending={call.isPending} isDisabled={!people.some(mayCallNow)} onPress={() => call.mutate('all')}>
            {t('live.callAll')}
          </Button>
          <p className="live-note" role="status">
            {call.data
              ? [t('live.called', { n: call.data.called }), call.data.tooSoon > 0 ? t('live.tooSoon', { n: call.data.tooSoon }) : '']
                  .filter(Boolean)
                  .join(' ')
              : call.error
                ? refusal(errorCode(call.error))
                : t(begun ? 'live.call.note' : 'live.call.afterStart')}
          </p>
        </div>
      ) : null}
      <ul className="live-list">
        {shown.map((person) => (
          <MissingRow
            key={person.personId}
            person={person}
            onCall={mayCallNow(person) ? () => call.mutate([person.personId]) : undefined}
          />
        ))}
      </ul>
      {shown.length < people.length ? (
        <Button kind="quiet" wide onPress={() => setAll(true)}>
          {t('app.showMore')}
        </Button>
      ) : null}
    </section>
  );
}

function MissingRow({ person, onCall }: { readonly person: MissingPerson; readonly onCall: (() => void) | undefined }) {
  const texts = useText();
  const { t, time } = texts;
  const { name, groups, calledAt } = person;
  return (
    <li className="live-person">
      <div className="live-who">
        <p className="live-name">{name}</p>
        <p className="live-note tabular">{[groups.join(', '), stateOf(person, texts)].filter(Boolean).join(' · ')}</p>
        {calledAt === null ? null : <p className="live-note tabular">{t('live.calledAt', { time: time(calledAt) })}</p>}
      </div>
      {onCall ? (
        <Button size="small" aria-label={t('live.callName', { name })} onPress={onCall}>
          {t('live.call')}
        </Button>
      ) : null}
    </li>
  );
}

function stateOf({ state, since }: MissingPerson, { t, time }: Texts): string {
  return state === 'not-come' ? t('live.state.not-come') : t(`live.state.${state}`, { time: since === null ? '' : time(since) });
}

function useBegun(): boolean {
  const startsAt = useRoom((room) => room.room.startsAt);
  const clockAheadMs = useRoom((room) => room.clockOffsetMs);
  return useNow(1_000) + clockAheadMs >= startsAt;
}
