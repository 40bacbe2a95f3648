// One person in the list: role, what they send, their line, and what who leads may do about it.
import { memo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ParticipantView } from '../../../server/contract/room.ts';
import { useText } from '../../i18n/index.ts';
import { SignalBars } from '../../pages/room/SignalBars.tsx';
import { isOn } from '../../pages/room/stage.ts';
import { useRoom } from '../../session/useSession.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { CameraIcon, HandIcon, MicrophoneIcon, MicrophoneOffIcon, ShareScreenIcon, WifiOffIcon } from '../../ui/icons.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { PersonMenu } from './PersonMenu.tsx';

export const PersonRow = memo(function PersonRow({ person }: { readonly person: ParticipantView }) {
  const { t } = useText();
  const isSelf = useRoom((room) => room.self.participantId === person.id);
  const leads = useRoom((room) => room.room.leadId === person.personId);
  const speaking = useRoom((room) => room.speakers.includes(person.id));
  const away = person.presence === 'dropped';
  const notes = [
    isSelf ? t('app.you') : '',
    t(`room.role.${person.role}`),
    leads && person.role !== 'teacher' ? t('room.people.leads') : '',
    away ? t('room.state.dropped') : '',
  ];
  return (
    <li className={cx('person', away && 'person-away', speaking && 'person-speaking')}>
      <Avatar name={person.name} />
      <div className="person-who">
        <p className="person-name" title={person.name}>
          {person.name}
        </p>
        <p className="person-note">{notes.filter(Boolean).join(' · ')}</p>
      </div>
      <div className="person-state">
        {person.handRaisedAt === null ? null : <HandIcon className="person-hand" aria-label={t('room.state.handRaised')} />}
        {isOn(person, 'screen') ? <ShareScreenIcon aria-label={t('room.state.screenOn')} /> : null}
        {away ? <WifiOffIcon aria-label={t('room.state.dropped')} /> : <Line person={person} />}
        {isOn(person, 'camera') ? <CameraIcon aria-label={t('room.state.cameraOn')} /> : null}
        {isOn(person, 'microphone') ? (
          <MicrophoneIcon aria-label={t('room.state.microphoneOn')} />
        ) : (
          <MicrophoneOffIcon className="person-off" aria-label={t('room.state.microphoneOff')} />
        )}
        {isSelf ? null : <PersonMenu person={person} />}
      </div>
    </li>
  );
});

/** Shown to those who may see it: the server tells nobody else. */
function Line({ person }: { readonly person: ParticipantView }) {
  const { t, number } = useText();
  const line = useRoom((room) => room.lines.get(person.id));
  if (!line || line.quality === 'unknown') return null;
  const percent = { style: 'percent', maximumFractionDigits: 1 } as const;
  const words = t(`room.theirLine.${line.quality}`);
  const figures = t('room.line.figures', {
    roundTrip: line.roundTripMs === null ? '–' : number(Math.round(line.roundTripMs)),
    lossUp: number(line.lossUp, percent),
    lossDown: number(line.lossDown, percent),
    up: number(line.upBps / 1_000_000, { maximumFractionDigits: 1 }),
    down: number(line.downBps / 1_000_000, { maximumFractionDigits: 1 }),
  });
  const sent = line.step === 'all' ? '' : t('room.ladder.theirs', { what: t(`room.ladder.${line.step}`) });
  const told = [words, sent, figures].filter(Boolean).join(' ');
  return (
    <Tooltip text={told}>
      <AriaButton className="person-line" aria-label={told}>
        <SignalBars quality={line.quality} />
      </AriaButton>
    </Tooltip>
  );
}
