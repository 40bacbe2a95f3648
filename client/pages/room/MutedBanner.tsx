// Tells who was muted by whom, and that the microphone may be turned on again; gone as soon as it is on.
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import type { RoomState } from '../../session/state.ts';
import { useRoom } from '../../session/useSession.ts';
import { Banner } from '../../ui/Banner.tsx';
import { MicrophoneOffIcon } from '../../ui/icons.ts';

export function MutedBanner() {
  const { t, reason } = useText();
  const muted = useRoom((room) => room.mutedBy !== null);
  const by = useRoom(nameOfMuter);
  const may = useRoom((room) => room.participants.get(room.self.participantId)?.may.microphone === true);
  const [dismissed, setDismissed] = useState(false);
  useEffect(() => {
    if (!muted) setDismissed(false);
  }, [muted]);
  if (!muted || !may || dismissed) return null;
  // Screen readers are told by the announcements of the class.
  return (
    <Banner tone="info" icon={MicrophoneOffIcon} onDismiss={() => setDismissed(true)}>
      {by === undefined ? reason('pause', 'muted') : t('room.muted', { name: by })}
    </Banner>
  );
}

/** Undefined once that person has left. */
function nameOfMuter({ mutedBy, participants }: RoomState): string | undefined {
  for (const person of participants.values()) if (person.personId === mutedBy) return person.name;
  return undefined;
}
