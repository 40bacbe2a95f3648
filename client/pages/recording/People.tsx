// Who is in the recording, and from which moment on.
import { Button } from 'react-aria-components';
import { clock, type TextKey, useText } from '../../i18n/index.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { CameraIcon, type Icon, MicrophoneIcon, ShareScreenIcon } from '../../ui/icons.ts';
import type { RecordedPerson } from './people.ts';

type Shown = { readonly icon: Icon; readonly title: TextKey };
const signs: Readonly<Partial<Record<RecordedPerson['sources'][number], Shown>>> = {
  microphone: { icon: MicrophoneIcon, title: 'recording.source.microphone' },
  camera: { icon: CameraIcon, title: 'recording.source.camera' },
  screen: { icon: ShareScreenIcon, title: 'recording.source.screen' },
};

export type PeopleProps = {
  readonly people: readonly RecordedPerson[];
  readonly speaking: RecordedPerson['participantId'] | null;
  readonly toWatching: (classMs: number) => number;
  readonly onSeek: (ms: number) => void;
};

export function People({ people, speaking, toWatching, onSeek }: PeopleProps) {
  const { t } = useText();
  return (
    <ul className="recording-people">
      {people.map(({ participantId, name, sources, fromMs }) => {
        const from = clock(toWatching(fromMs));
        return (
          <li key={participantId} className="recording-person" data-speaking={participantId === speaking || undefined}>
            <Avatar name={name} />
            <div className="recording-person-text">
              <span className="recording-person-name">{name}</span>
              <span className="recording-person-sources">
                {sources.map((source) => {
                  const sign = signs[source];
                  return sign ? <Source key={source} {...sign} /> : null;
                })}
              </span>
            </div>
            <Button
              className="recording-person-from tabular"
              aria-label={t('recording.goTo', { name, time: from })}
              onPress={() => onSeek(toWatching(fromMs))}
            >
              {from}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function Source({ icon: Sign, title }: Shown) {
  const { t } = useText();
  return (
    <span className="recording-source">
      <Sign />
      {t(title)}
    </span>
  );
}
