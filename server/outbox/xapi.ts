// Makes xAPI 1.0.3 statements of events, by the Virtual Classroom profile; the mapping is told in README.md.
import type { OutboxEvent } from './outbox.ts';
import { stableId } from './stable-id.ts';
import type { ToldVerdict } from './surroundings.store.ts';
import type { Surroundings } from './surroundings.ts';
import { activityTypes, extensions, profile, verbs } from './xapi-words.ts';

export interface StatementFrame {
  /** UUID of this installation. */
  readonly instance: string;
  /** Public address, without a slash at the end: people and lessons are named under it. */
  readonly origin: string;
  /** Of the teaching; null: not said. */
  readonly language: string | null;
}

interface Said {
  readonly actor: string | null;
  readonly verb: { readonly id: string; readonly display: object };
  /** Missing: the lesson itself. */
  readonly object?: object;
  readonly result?: object;
  readonly extensions?: Record<string, unknown>;
  /** Tells apart the statements of one event. */
  readonly name?: string;
}

/** In no person's id. */
const SERVER = 'auditoria:server';
/** Of a raised hand, as the profile writes it. */
const RAISED_HAND = 'U+1F590';

/** None for what the LRS has no word for; several for a signed register: one for each student. */
export function statementsOf(event: OutboxEvent, around: Surroundings, frame: StatementFrame): object[] {
  const { instance, origin, language } = frame;
  const agent = (id: string | null) => {
    const name = id === null ? undefined : around.names.get(id);
    return { objectType: 'Agent', account: { homePage: origin, name: id ?? SERVER }, ...(name !== undefined && { name }) };
  };
  const lesson = around.lessons.get(event.lessonId);
  const session = around.sessions.get(event.seq);
  const named = (text: string | undefined) => (text ? { name: { [language ?? 'und']: text } } : {});
  const lessonActivity = {
    ...{ objectType: 'Activity', id: `${origin}/lessons/${event.lessonId}` },
    definition: { type: activityTypes.lesson, ...named(lesson?.title || lesson?.course.title) },
  };
  const grouping = lesson && [
    {
      ...{ objectType: 'Activity', id: `${origin}/courses/${lesson.course.id}` },
      definition: { type: activityTypes.course, ...named(lesson.course.title) },
    },
    ...lesson.groups.map(({ id, name }) => ({
      ...{ objectType: 'Activity', id: `${origin}/groups/${id}` },
      definition: { type: activityTypes.group, ...named(name) },
    })),
  ];
  return said(event, around, origin).map(({ actor, verb, object, result, extensions: more, name }) => ({
    id: stableId(instance, name === undefined ? `event/${event.seq}` : `event/${event.seq}/${name}`),
    actor: agent(actor),
    verb,
    object: object ?? lessonActivity,
    ...(result && { result }),
    context: {
      registration: stableId(instance, `lesson/${event.lessonId}`),
      ...(lesson && { instructor: agent(lesson.teacherId) }),
      platform: 'Auditoria',
      ...(language !== null && { language }),
      contextActivities: {
        ...(object && { parent: [lessonActivity] }),
        ...(grouping && { grouping }),
        category: [{ objectType: 'Activity', id: profile, definition: { type: activityTypes.profile } }],
      },
      extensions: {
        [extensions.session]: stableId(instance, `session/${event.lessonId}/${session?.entrySeq ?? 0}`),
        ...(lesson && { [extensions.plannedDuration]: duration(lesson.endsAt - lesson.startsAt) }),
        ...more,
      },
    },
    // What is watched is written down later than it was told.
    timestamp: new Date(typeof event.detail.toldAt === 'number' ? event.detail.toldAt : event.at).toISOString(),
  }));
}

function said(event: OutboxEvent, around: Surroundings, origin: string): Said[] {
  const { detail, personId: actor, seq } = event;
  const by = typeof detail.by === 'string' ? detail.by : null;
  const own = (name: string, value: unknown) => ({ [`${origin}/xapi/extensions/${name}`]: value });
  const lesson = `${origin}/lessons/${event.lessonId}`;
  const activity = (id: string, type: string, more: object = {}) => ({ objectType: 'Activity', id, definition: { type, ...more } });
  const hand = { extensions: { [extensions.emoji]: RAISED_HAND } };
  const question = () => activity(`${lesson}/presence-checks/${detail.checkId}`, activityTypes.question, { interactionType: 'true-false' });
  const recording = () => activity(`${origin}/recordings/${detail.recordingId}`, activityTypes.recording);
  switch (event.kind) {
    case 'room-opened':
      return [{ actor: null, verb: verbs.initialized }];
    case 'room-closed': {
      const openedAt = around.sessions.get(seq)?.openedAt ?? event.at;
      const result = { duration: duration(event.at - openedAt) };
      return [{ actor: by, verb: verbs.terminated, result, extensions: own('reason', detail.reason) }];
    }
    case 'participant-joined':
      return [{ actor, verb: verbs.joined, extensions: own('role', detail.role) }];
    case 'participant-left':
      return [{ actor, verb: verbs.left, extensions: own('reason', detail.reason) }];
    case 'hand-raised':
      return [{ actor, verb: verbs.reacted, result: hand }];
    case 'hand-lowered':
      return [{ actor, verb: verbs.unreacted, result: hand }];
    case 'message-posted':
      return [{ actor, verb: verbs.posted, object: activity(`${lesson}/messages/${detail.messageId}`, activityTypes.message) }];
    case 'presence-check-begun':
      return [{ actor: by, verb: verbs.asked, object: question() }];
    case 'presence-check-answered':
      return [{ actor, verb: verbs.answered, object: question(), result: { response: 'true' } }];
    case 'track-published':
    case 'track-paused':
    case 'track-resumed':
    case 'track-closed':
      return ofTrack(event, around.tracks.get(seq), `${lesson}/people/${actor}`);
    case 'recording-started':
      return [{ actor: by, verb: verbs.started, object: recording() }];
    case 'recording-stopped':
      return [{ actor: by, verb: verbs.stopped, object: recording(), extensions: own('reason', detail.reason) }];
    case 'recording-watched':
      return [{ actor, verb: verbs.experienced, object: recording(), result: played(detail), extensions: own('live', detail.live) }];
    case 'register-signed':
    case 'register-corrected':
      return (around.verdicts.get(seq) ?? []).map((one) => marked(one, own));
    default:
      return [];
  }
}

function ofTrack({ detail, personId }: OutboxEvent, change: 'started' | 'stopped' | undefined, owner: string): Said[] {
  if (change === undefined) return [];
  const { source } = detail;
  if (source !== 'camera' && source !== 'microphone' && source !== 'screen') return [];
  const object = { objectType: 'Activity', id: `${owner}/${source}`, definition: { type: activityTypes[source] } };
  const began = source === 'screen' ? verbs.shared : verbs.started;
  const ended = source === 'screen' ? verbs.unshared : verbs.stopped;
  return [{ actor: personId, verb: change === 'started' ? began : ended, object }];
}

function played({ fromMs, toMs }: OutboxEvent['detail']): object {
  const [from, to] = [Number(fromMs), Number(toMs)];
  return {
    duration: duration(to - from),
    extensions: { [extensions.playedSegments]: `${from / 1000}[.]${to / 1000}` },
  };
}

/** Whoever was excused, or made up for it, is neither a success nor a failure. */
const judgement: Readonly<Record<string, { readonly success: boolean; readonly completion: boolean }>> = {
  present: { success: true, completion: true },
  late: { success: true, completion: true },
  'left-early': { success: false, completion: false },
  absent: { success: false, completion: false },
  asynchronous: { success: true, completion: true },
};

function marked({ personId, verdict, minutes, share }: ToldVerdict, own: (name: string, value: unknown) => object): Said {
  const result = {
    score: { scaled: Math.min(1, Math.max(0, share)) },
    ...judgement[verdict],
    duration: duration(minutes * 60_000),
    extensions: own('verdict', verdict),
  };
  return { actor: personId, verb: verbs.scored, result, name: personId };
}

/** ISO 8601, as xAPI 1.0.3 asks (Data, 4.6): to hundredths of a second. */
function duration(ms: number): string {
  return `PT${Math.round(Math.max(0, ms) / 10) / 100}S`;
}
