// One picture on the stage: the person's camera or screen, or their initials, with name and state.
import { memo, useEffect, useRef } from 'react';
import type { ParticipantView } from '../../../server/contract/room.ts';
import { useText } from '../../i18n/index.ts';
import { useRoom } from '../../session/useSession.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import {
  HandIcon,
  MaximizeIcon,
  MicrophoneIcon,
  MicrophoneOffIcon,
  PinIcon,
  ShareScreenIcon,
  StopSharingIcon,
  UnpinIcon,
  WifiOffIcon,
} from '../../ui/icons.ts';
import { useClassroom, usePictureStream, useSelected } from './classroom.ts';
import type { Box } from './layout.ts';
import { StillScreen } from './line/StillScreen.tsx';
import { useHeldScreen } from './line/useHeldScreen.ts';
import { Picture } from './Picture.tsx';
import { SignalBars } from './SignalBars.tsx';
import { isOn, pictureOf, type StagePicture } from './stage.ts';

type TileProps = { readonly picture: StagePicture; readonly box: Box; readonly large: boolean };

export const TileView = memo(function TileView({ picture, box, large }: TileProps) {
  const { participantId, source } = picture;
  const person = useRoom((room) => room.participants.get(participantId));
  if (!person) return null;
  return <Tile person={person} source={source} box={box} large={large} />;
}, sameTile);

function sameTile(one: TileProps, other: TileProps): boolean {
  const { box: a } = one;
  const { box: b } = other;
  return (
    one.picture.key === other.picture.key &&
    one.large === other.large &&
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height
  );
}

function Tile({
  person,
  source,
  box,
  large,
}: {
  readonly person: ParticipantView;
  readonly source: StagePicture['source'];
  readonly box: Box;
  readonly large: boolean;
}) {
  const { t } = useText();
  const { engine } = useClassroom();
  const element = useRef<HTMLElement>(null);
  const isSelf = useRoom((room) => room.self.participantId === person.id);
  const speaking = useRoom((room) => source === 'camera' && room.speakers.includes(person.id));
  const stream = usePictureStream(person.id, source);
  const shown = stream !== null && (isSelf || isOn(person, source));
  const held = useHeldScreen(person.id, source === 'screen' && !isSelf && !shown);
  const picture = shown ? stream : held;
  const screenId = shown && !isSelf && source === 'screen' ? person.tracks.find((track) => track.source === 'screen')?.id : undefined;
  useEffect(() => {
    if (screenId) engine.line.moves(screenId);
  }, [engine, screenId]);

  useEffect(() => {
    if (isSelf || !element.current) return;
    return engine.view.show(element.current, person.id, source);
  }, [engine, isSelf, person.id, source]);

  const name = isSelf ? t('app.you') : person.name;
  return (
    <figure
      ref={element}
      className={cx(
        'tile',
        `tile-${source}`,
        large && 'tile-large',
        speaking && 'tile-speaking',
        person.presence === 'dropped' && 'tile-dropped',
        box.width < 190 && 'tile-small',
        held && 'tile-held',
      )}
      style={{
        transform: `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`,
        width: Math.round(box.width),
        height: Math.round(box.height),
      }}
      data-participant={person.id}
      data-source={source}
      aria-label={source === 'screen' ? t('room.tile.screenOf', { name }) : name}
    >
      {source === 'camera' ? (
        <div className="tile-avatar">
          <Avatar name={person.name} size="fill" />
        </div>
      ) : null}
      {picture ? (
        <Picture stream={picture} mirrored={isSelf && source === 'camera'} fit={source === 'screen' ? 'contain' : 'cover'} />
      ) : null}
      {!shown && !isSelf && source === 'screen' ? <StillScreen person={person} name={name} /> : null}
      {isSelf && source === 'screen' ? <OwnScreen /> : null}
      <Caption person={person} source={source} name={name} />
      <TileTools picture={pictureOf(person.id, source)} large={large} />
    </figure>
  );
}

function Caption({
  person,
  source,
  name,
}: {
  readonly person: ParticipantView;
  readonly source: StagePicture['source'];
  readonly name: string;
}) {
  const { t } = useText();
  const isBad = useRoom((room) => room.lines.get(person.id)?.quality === 'bad');
  if (source === 'screen') {
    return (
      <figcaption className="tile-caption">
        <ShareScreenIcon />
        <span className="tile-name">{t('room.tile.screenOf', { name })}</span>
      </figcaption>
    );
  }
  const speaks = isOn(person, 'microphone');
  return (
    <>
      <figcaption className="tile-caption" title={person.name}>
        {speaks ? (
          <MicrophoneIcon aria-label={t('room.state.microphoneOn')} />
        ) : (
          <MicrophoneOffIcon className="tile-muted" aria-label={t('room.state.microphoneOff')} />
        )}
        <span className="tile-name">{name}</span>
        {isBad ? <SignalBars quality="bad" label={t('room.state.badLine')} /> : null}
      </figcaption>
      {person.handRaisedAt === null ? null : (
        <span className="tile-hand">
          <HandIcon aria-label={t('room.state.handRaised')} />
        </span>
      )}
      {person.presence === 'dropped' ? (
        <span className="tile-lost">
          <WifiOffIcon />
          {t('room.state.dropped')}
        </span>
      ) : null}
    </>
  );
}

function TileTools({ picture, large }: { readonly picture: StagePicture; readonly large: boolean }) {
  const { t } = useText();
  const { stageWish } = useClassroom();
  const isPinned = useSelected(stageWish, (wish) => wish.pinned === picture.key);
  const root = useRef<HTMLDivElement>(null);
  const pin = () => stageWish.set({ ...stageWish.value, pinned: isPinned ? null : picture.key });
  const full = () =>
    void root.current
      ?.closest('.tile')
      ?.requestFullscreen?.()
      .catch(() => undefined);
  return (
    <div ref={root} className="tile-tools">
      <IconButton
        size="small"
        icon={isPinned ? UnpinIcon : PinIcon}
        label={t(isPinned ? 'room.tile.unpin' : 'room.tile.pin')}
        onPress={pin}
      />
      {large ? <IconButton size="small" icon={MaximizeIcon} label={t('room.tile.fullScreen')} onPress={full} /> : null}
    </div>
  );
}

/** Over one's own screen, lest it show itself within itself without end. */
function OwnScreen() {
  const { t } = useText();
  const { engine } = useClassroom();
  return (
    <div className="tile-own-screen">
      <ShareScreenIcon />
      <p>{t('room.tile.youShare')}</p>
      <Button icon={StopSharingIcon} onPress={() => engine.own.stopScreen()}>
        {t('room.tile.stopSharing')}
      </Button>
    </div>
  );
}
