// What stands around the player for learning from a recording, as its parts know it. Made by `useStudy`.
import type { RecordingManifest } from '../../../../server/contract/recording.ts';
import type {
  CaptionLanguage,
  CaptionTrack,
  RecordingNote,
  RecordingPage,
  RecordingTimeline,
} from '../../../../server/contract/recording-page.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';
import type { Player } from '../../../player/player.ts';
import type { PlayerState } from '../../../player/state.ts';

/** What the panels ask of the player; all times are of watching. */
export type StudyPlayer = Pick<Player, 'seek' | 'play' | 'pause' | 'state'>;

export type Captions = {
  /** What there is. */
  readonly languages: readonly CaptionLanguage[];
  /** Null: none are shown. */
  readonly shown: CaptionLanguage | null;
  readonly choose: (language: CaptionLanguage | null) => void;
  /** Off, or the last that was chosen, or the one of the interface. */
  readonly toggle: () => void;
  /** Of what is shown; undefined while it comes. */
  readonly track: CaptionTrack | undefined;
};

/** Kept here until the server has it. */
export type OwnNote = Omit<RecordingNote, 'id'> & {
  /** The client's until the server has given one. */
  readonly id: string;
  readonly state: 'kept' | 'unsent';
};

export type Notes = {
  /** In order of time; undefined while they come. */
  readonly list: readonly OwnNote[] | undefined;
  /** At a moment of class time; a bookmark has no text. */
  readonly add: (atMs: number, text: string) => void;
  readonly change: (id: string, text: string) => void;
  readonly remove: (id: string) => void;
};

export type Continued = {
  /** Where it went on, of watching time; null: from the beginning, or the note was put away. */
  readonly atMs: number | null;
  readonly fromBeginning: () => void;
  readonly putAway: () => void;
};

export type Study = {
  /** Undefined while it comes. */
  readonly timeline: RecordingTimeline | undefined;
  readonly time: WatchingTime;
  readonly captions: Captions;
  readonly notes: Notes;
  readonly continued: Continued;
};

export type UseStudy = (parts: {
  readonly player: StudyPlayer;
  readonly manifest: RecordingManifest;
  readonly page: RecordingPage;
}) => Study;

/** Of `<StudyPanels>`: tabs beside the player, below it on phones. Takes the keys N (note) and B (bookmark). */
export type StudyPanelsProps = {
  readonly study: Study;
  readonly player: StudyPlayer;
  readonly state: Pick<PlayerState, 'positionMs' | 'lengthMs' | 'status'>;
  readonly manifest: RecordingManifest;
  readonly page: RecordingPage;
};

/** Of `<CaptionsOverlay>`, laid over the stage, and of `<ContinueNote>`, below it. */
export type StudyOnStageProps = { readonly study: Study; readonly state: Pick<PlayerState, 'positionMs'> };
