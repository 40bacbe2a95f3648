// The sign of each trouble and state, beside its word.
import type { SituationState, TroubleKind } from '../../../server/contract/situation.ts';
import type { Tone } from '../../ui/Chip.tsx';
import {
  AbsentIcon,
  CameraOffIcon,
  ClockIcon,
  EndIcon,
  ErrorIcon,
  type Icon,
  LeaveIcon,
  MicrophoneOffIcon,
  PauseIcon,
  PeopleIcon,
  PersonRemoveIcon,
  PlaceIcon,
  PlayIcon,
  QuestionIcon,
  RecordIcon,
  SkippedIcon,
  SoundOffIcon,
  StopIcon,
  SuccessIcon,
} from '../../ui/icons.ts';

export const troubleIcons: Readonly<Record<TroubleKind, Icon>> = {
  'teacher-absent': PersonRemoveIcon,
  'teacher-gone': LeaveIcon,
  'media-failed': ErrorIcon,
  'no-sound': SoundOffIcon,
  'nobody-heard': MicrophoneOffIcon,
  black: CameraOffIcon,
  frozen: PauseIcon,
  'not-recorded': RecordIcon,
  'recording-stopped': StopIcon,
  'no-students': PeopleIcon,
  'ended-early': EndIcon,
};

export const stateLooks: Readonly<Record<SituationState, { readonly icon: Icon; readonly tone: Tone }>> = {
  planned: { icon: ClockIcon, tone: 'neutral' },
  'not-begun': { icon: ClockIcon, tone: 'warn' },
  running: { icon: PlayIcon, tone: 'good' },
  'on-site': { icon: PlaceIcon, tone: 'neutral' },
  over: { icon: SuccessIcon, tone: 'neutral' },
  'ended-early': { icon: EndIcon, tone: 'warn' },
  'not-held': { icon: AbsentIcon, tone: 'danger' },
  cancelled: { icon: SkippedIcon, tone: 'neutral' },
  unknown: { icon: QuestionIcon, tone: 'neutral' },
};
