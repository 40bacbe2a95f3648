// Everyone in the class, by role and name, with a search; only what changed is drawn again.
import { useMemo, useState } from 'react';
import type { ParticipantView } from '../../../server/contract/room.ts';
import { compareNames, useText } from '../../i18n/index.ts';
import { useAct, useClassroom } from '../../pages/room/classroom.ts';
import { WeakLines } from '../../pages/room/line/WeakLines.tsx';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { MicrophoneOffIcon, ShieldIcon } from '../../ui/icons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { PersonRow } from './PersonRow.tsx';
import './people.css';

const order = { teacher: 0, assistant: 1, student: 2, guest: 3, observer: 4 } as const;
/** More rows than a screen holds are drawn only on demand. */
const firstRows = 60;

export function PeoplePanel() {
  const { t } = useText();
  const { dialog } = useClassroom();
  const act = useAct();
  const participants = useRoom((room) => room.participants);
  const mayMute = useRoom((room) => room.self.actions.has('mute'));
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const [muting, setMuting] = useState(false);
  const people = useMemo(() => sorted([...participants.values()]), [participants]);
  const found = people.filter((person) => matches(person.name, search));
  const shown = all ? found : found.slice(0, firstRows);
  return (
    <div className="people">
      <div className="people-head">
        <SearchField label={t('room.people.search')} value={search} onChange={setSearch} />
        {mayMute ? (
          <div className="people-actions">
            <Button size="small" icon={MicrophoneOffIcon} onPress={() => setMuting(true)}>
              {t('room.muteAll')}
            </Button>
            <Button size="small" icon={ShieldIcon} onPress={() => dialog.set('rules')}>
              {t('room.rules.short')}
            </Button>
          </div>
        ) : null}
        <WeakLines />
      </div>
      {found.length === 0 ? <p className="people-none">{t('room.people.none')}</p> : null}
      <ul className="people-list" aria-label={t('room.people')}>
        {shown.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
      {shown.length < found.length ? (
        <Button kind="quiet" wide onPress={() => setAll(true)}>
          {t('app.showMore')}
        </Button>
      ) : null}
      <Confirm
        isOpen={muting}
        onOpenChange={setMuting}
        title={t('room.muteAll.title')}
        action={t('room.muteAll')}
        onConfirm={async () => void (await act('room:mute', { all: true }))}
      >
        <p>{t('room.muteAll.text')}</p>
      </Confirm>
    </div>
  );
}

function sorted(people: readonly ParticipantView[]): readonly ParticipantView[] {
  return [...people].sort((one, other) => order[one.role] - order[other.role] || compareNames(one.name, other.name));
}

/** Every word of the search begins some word of the name. */
function matches(name: string, search: string): boolean {
  const words = name.toLocaleLowerCase('kk').split(/[\s-]+/u);
  return search
    .toLocaleLowerCase('kk')
    .split(/\s+/u)
    .every((part) => words.some((word) => word.startsWith(part)));
}
