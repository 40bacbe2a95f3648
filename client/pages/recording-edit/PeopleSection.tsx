// Leaves out a person's picture or voice, from playback and from files, when the person asks for it.
import { useQuery } from '@tanstack/react-query';
import type { RecordingEditId, RecordingId } from '../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import type { NewRecordingEdit } from '../../../server/contract/recording-edits.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { type EditedPerson, peopleOf } from './edits.ts';
import { Fault } from './Fault.tsx';
import { editsQuery, useRecordingAct } from './queries.ts';

export function PeopleSection({ id, manifest }: { readonly id: RecordingId; readonly manifest: RecordingManifest }) {
  const { t } = useText();
  const { data: edits = [] } = useQuery(editsQuery(id));
  const done = t('recording-edit.people.done');
  const drop = useRecordingAct(id, (body: NewRecordingEdit) => api(recordingRoutes.editRecording, { params: { id }, body }), done);
  const bringBack = useRecordingAct(
    id,
    (editId: RecordingEditId) => api(recordingRoutes.undoRecordingEdit, { params: { id, editId } }),
    done,
  );
  const isPending = drop.isPending || bringBack.isPending;
  const choose = (person: EditedPerson, what: 'picture' | 'voice', shown: boolean) => {
    const edit = person.dropped.get(what);
    if (shown && edit) bringBack.mutate(edit.id);
    else if (!shown && !edit) drop.mutate({ kind: 'drop', participantId: person.participantId, what });
  };
  return (
    <Card title={t('recording-edit.people.title')}>
      <p className="recording-edit-note">{t('recording-edit.people.text')}</p>
      <Fault errors={[drop.error, bringBack.error]} />
      <ul className="recording-edit-list">
        {peopleOf(manifest, edits).map((person) => (
          <li key={person.participantId} className="recording-edit-row">
            <span className="recording-edit-name">{person.name}</span>
            {(['picture', 'voice'] as const).map((what) =>
              person.has.has(what) ? (
                <Checkbox
                  key={what}
                  aria-label={t(`recording-edit.people.${what}Of`, { name: person.name })}
                  isDisabled={isPending}
                  isSelected={!person.dropped.has(what)}
                  onChange={(shown) => choose(person, what, shown)}
                >
                  {t(`recording-edit.people.${what}`)}
                </Checkbox>
              ) : null,
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
