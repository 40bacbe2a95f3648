// Who is large, and in which order the others stand.
import { describe, expect, test } from 'vitest';
import { ParticipantId, PersonId, TrackId } from '../../../server/contract/ids.ts';
import type { TrackSource } from '../../../server/contract/media.ts';
import type { ParticipantView } from '../../../server/contract/room.ts';
import { holdSpeakers, planStage, type StageRoom, worthStrip } from './stage.ts';

const id = (name: string) => ParticipantId.parse(name);
let joined = 0;

function person(name: string, sources: readonly TrackSource[] = [], more: Partial<ParticipantView> = {}): ParticipantView {
  joined += 1;
  return {
    id: id(name),
    personId: PersonId.parse(name),
    name,
    role: 'student',
    joinedAt: joined,
    presence: 'here',
    devices: 1,
    handRaisedAt: null,
    may: { microphone: true, camera: true, screen: true, chat: true },
    tracks: sources.map((source) => ({ id: TrackId.parse(`${name}-${source}`), source, pausedBy: [] })),
    ...more,
  };
}

function room(people: readonly ParticipantView[], more: Partial<StageRoom> = {}): StageRoom {
  return {
    room: { kind: 'seminar', leadId: PersonId.parse('teacher') },
    participants: new Map(people.map((one) => [one.id, one])),
    selfId: id('me'),
    speakers: [],
    ...more,
  };
}

const auto = { mode: 'auto', pinned: null } as const;
const names = (pictures: readonly { participantId: string }[]) => pictures.map((picture) => picture.participantId);
const teacher = person('teacher', ['camera'], { role: 'teacher' });

describe('the stage by itself', () => {
  test('shows a shared screen large, whoever shares it', () => {
    const { focus } = planStage(room([teacher, person('me'), person('anar', ['screen'])]), auto);
    expect(focus).toMatchObject({ participantId: 'anar', source: 'screen' });
  });

  test('shows the one who leads a lecture large, and an even grid in a seminar', () => {
    const people = [teacher, person('me'), person('anar', ['camera'])];
    expect(planStage(room(people, { room: { kind: 'lecture', leadId: PersonId.parse('teacher') } }), auto).focus?.participantId).toBe(
      'teacher',
    );
    expect(planStage(room(people), auto).focus).toBeNull();
  });

  test('shows the other large when two people talk', () => {
    expect(planStage(room([teacher, person('me')]), auto).focus?.participantId).toBe('teacher');
  });

  test('lets a pinned picture stand above all else, until it is gone', () => {
    const people = [teacher, person('me'), person('anar', ['screen', 'camera'])];
    expect(planStage(room(people), { mode: 'auto', pinned: 'teacher camera' }).focus?.participantId).toBe('teacher');
    expect(planStage(room(people), { mode: 'auto', pinned: 'nobody camera' }).focus?.source).toBe('screen');
  });

  test('orders teacher, voices, hands, oneself, cameras, the rest', () => {
    const people = [
      person('silent'),
      person('camera', ['camera']),
      person('me'),
      person('hand', [], { handRaisedAt: 9 }),
      person('voice'),
      teacher,
    ];
    const { others } = planStage(room(people, { speakers: [id('voice')] }), auto);
    expect(names(others)).toEqual(['teacher', 'voice', 'hand', 'me', 'camera', 'silent']);
  });

  test('keeps everyone in place while all fit on it', () => {
    const people = [teacher, person('me'), person('anar', ['camera']), person('dana', ['camera'], { handRaisedAt: 5 })];
    const calm = names(planStage(room(people), auto, true).others);
    expect(names(planStage(room(people, { speakers: [id('dana')] }), auto, true).others)).toEqual(calm);
  });

  test('orders hands by when they went up', () => {
    const people = [person('me'), person('second', [], { handRaisedAt: 20 }), person('first', [], { handRaisedAt: 10 })];
    expect(names(planStage(room(people), auto).others)).toEqual(['first', 'second', 'me']);
  });

  test('follows the voice when the person asks for the speaker, but never shows them themselves', () => {
    const people = [teacher, person('me'), person('anar')];
    const { focus } = planStage(room(people, { speakers: [id('me'), id('anar')] }), { mode: 'speaker', pinned: null });
    expect(focus?.participantId).toBe('anar');
  });

  test('leaves observers out', () => {
    expect(
      names(planStage(room([teacher, person('me'), person('anar'), person('watcher', [], { role: 'observer' })]), auto).others),
    ).not.toContain('watcher');
  });
});

test('the strip leaves out those who neither show nor say anything', () => {
  const state = room([teacher, person('silent'), person('hand', [], { handRaisedAt: 1 })]);
  expect(names(worthStrip(planStage(state, auto).others, state))).toEqual(['teacher', 'hand']);
});

describe('a voice', () => {
  test('keeps its place for two seconds after it fell silent', () => {
    const held = holdSpeakers([], [id('anar')], 0);
    expect(holdSpeakers(held, [], 1_900)).toHaveLength(1);
    expect(holdSpeakers(held, [], 2_000)).toHaveLength(0);
  });

  test('does not change places with another while both speak', () => {
    const held = holdSpeakers([], [id('anar'), id('dana')], 0);
    expect(holdSpeakers(held, [id('dana'), id('anar')], 100).map((speaker) => speaker.id)).toEqual(['anar', 'dana']);
  });
});
