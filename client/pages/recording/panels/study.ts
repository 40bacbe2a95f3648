// What stands around the player for learning from a recording, as its parts know it. Made by `useStudy`.
import type { RecordingManifest } from '../../../../server/contract/recording.ts';
import type { CaptionLanguage, CaptionTrack, RecordingPage, RecordingTimeline } from '../../../../server/contract/recording-page.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';
import type { PlayerState } from '../../../player/state.ts';
import type { CueDraft } from './useCueDraft.ts';
import type { Notes } from './useNotes.ts';

/** What the panels ask of the player; all times are of watching. */
export type StudyPlayer = {
  seek(positionMs: number): void;
  play(): void;
  pause(): void;
  state(): Pick<PlayerState, 'positionMs' | 'lengthMs' | 'status'>;
};

export type Captions = {
  /** What there is. */
  readonly languages: readonly CaptionLanguage[];
  /** Null: none are shown. */
  readonly shown: CaptionLanguage | null;
  readonly choose: (language: CaptionLanguage | null) => void;
  /** Off; or on in the language of the interface, else the first there is. */
  readonly toggle: () => void;
  /** Of what is shown; undefined while it comes. */
  readonly track: CaptionTrack | undefined;
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
  /** Null for those who may keep none. */
  readonly notes: Notes | null;
  readonly continued: Continued;
  /** Null for those who may write none. */
  readonly draft: CueDraft | null;
};

export type StudyParts = { readonly player: StudyPlayer; readonly manifest: RecordingManifest; readonly page: RecordingPage };

/** Of `<StudyPanels>`: beside the player, below it on phones. Takes the keys N (note) and B (bookmark). */
export type StudyPanelsProps = {
  readonly study: Study;
  readonly player: StudyPlayer;
  readonly state: Pick<PlayerState, 'positionMs' | 'lengthMs' | 'status'>;
  readonly manifest: RecordingManifest;
  readonly page: RecordingPage;
};

/** Of `<CaptionsOverlay>`, laid over the stage, and of `<ContinueNote>`, below it. */
export type StudyOnStageProps = { readonly study: Study; readonly state: Pick<PlayerState, 'positionMs'> };
