// What who leads may do for or about one person.
import { useState } from 'react';
import type { ParticipantView, RoomRole } from '../../../server/contract/room.ts';
import { Capability } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { useAct, useClassroom } from '../../pages/room/classroom.ts';
import { isOn, pictureOf } from '../../pages/room/stage.ts';
import { useRoom } from '../../session/useSession.ts';
import { Confirm } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import {
  CameraIcon,
  CameraOffIcon,
  ChatIcon,
  GraduationIcon,
  HandIcon,
  type Icon,
  LockIcon,
  MicrophoneIcon,
  MicrophoneOffIcon,
  MoreIcon,
  PersonRemoveIcon,
  PinIcon,
  ShareScreenIcon,
  StopSharingIcon,
} from '../../ui/icons.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';

const icons: Readonly<Record<Capability, { readonly allow: Icon; readonly forbid: Icon }>> = {
  microphone: { allow: MicrophoneIcon, forbid: LockIcon },
  camera: { allow: CameraIcon, forbid: CameraOffIcon },
  screen: { allow: ShareScreenIcon, forbid: StopSharingIcon },
  chat: { allow: ChatIcon, forbid: LockIcon },
};

/** The server refuses to mute who stands higher, and to remove who does not stand lower. */
const standing: Readonly<Record<RoomRole, number>> = { teacher: 2, assistant: 1, student: 0, guest: 0, observer: 0 };

/** Who came by a link has no account, and cannot lead. */
function isByLink(person: ParticipantView): boolean {
  return person.personId.startsWith('guest-');
}

export function PersonMenu({ person }: { readonly person: ParticipantView }) {
  const { t } = useText();
  const { stageWish } = useClassroom();
  const act = useAct();
  const actions = useRoom((room) => room.self.actions);
  const leads = useRoom((room) => room.room.leadId === person.personId);
  const [asking, setAsking] = useState<'remove' | 'lead' | null>(null);
  const target = { participantId: person.id };
  const own = useRoom((room) => room.self.role);
  const above = standing[own] - standing[person.role];
  const isSubject = person.role === 'student' || person.role === 'guest';

  const choose = (key: string | number) => {
    if (key === 'pin') stageWish.set({ ...stageWish.value, pinned: pictureOf(person.id, 'camera').key });
    if (key === 'mute') void act('room:mute', target);
    if (key === 'lower') void act('room:lower-hand', target);
    if (key === 'lead' || key === 'remove') setAsking(key);
    const capability = Capability.safeParse(key);
    if (capability.success) void act('room:permit', { target, capability: capability.data, allowed: !person.may[capability.data] });
  };
  return (
    <>
      <Menu
        aria-label={t('room.person.options', { name: person.name })}
        onAction={choose}
        button={<IconButton size="small" icon={MoreIcon} label={t('room.person.options', { name: person.name })} tooltipPlacement="left" />}
      >
        <MenuItem id="pin" icon={PinIcon}>
          {t('room.tile.pin')}
        </MenuItem>
        {actions.has('mute') && above >= 0 && isOn(person, 'microphone') ? (
          <MenuItem id="mute" icon={MicrophoneOffIcon} note={t('room.person.mute.note')}>
            {t('room.person.mute')}
          </MenuItem>
        ) : null}
        {actions.has('lower-hand') && person.handRaisedAt !== null ? (
          <MenuItem id="lower" icon={HandIcon}>
            {t('room.lowerHand')}
          </MenuItem>
        ) : null}
        {actions.has('forbid') && isSubject
          ? Capability.options.map((capability) => (
              <MenuItem key={capability} id={capability} icon={icons[capability][person.may[capability] ? 'forbid' : 'allow']}>
                {t(person.may[capability] ? `room.person.forbid.${capability}` : `room.person.allow.${capability}`)}
              </MenuItem>
            ))
          : null}
        {actions.has('hand-over-lead') && !leads && person.role !== 'observer' && !isByLink(person) ? (
          <MenuItem id="lead" icon={GraduationIcon}>
            {t('room.person.lead')}
          </MenuItem>
        ) : null}
        {actions.has('remove') && above > 0 ? (
          <>
            <MenuSeparator />
            <MenuItem id="remove" icon={PersonRemoveIcon} danger>
              {t('room.person.remove')}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <Confirm
        isOpen={asking === 'remove'}
        onOpenChange={() => setAsking(null)}
        title={t('room.person.remove.title', { name: person.name })}
        action={t('room.person.remove.action')}
        kind="danger"
        onConfirm={async () => void (await act('room:remove', target))}
      >
        <p>{t('room.person.remove.text')}</p>
      </Confirm>
      <Confirm
        isOpen={asking === 'lead'}
        onOpenChange={() => setAsking(null)}
        title={t('room.person.lead.title', { name: person.name })}
        action={t('room.person.lead')}
        onConfirm={async () => void (await act('room:hand-over-lead', target))}
      >
        <p>{t('room.person.lead.text')}</p>
      </Confirm>
    </>
  );
}
