// The sign of each kind of notification.
import type { NotificationKind } from '../../server/contract/notification.ts';
import {
  ActivityIcon,
  CalendarAddIcon,
  CallIcon,
  ClockIcon,
  HolidayIcon,
  type Icon,
  MoveIcon,
  PersonAddIcon,
  PlaceIcon,
  PlayIcon,
  RestoreIcon,
  StorageIcon,
  SubstituteIcon,
} from '../ui/icons.ts';

export const kindIcons: Readonly<Record<NotificationKind, Icon>> = {
  'lesson-moved': MoveIcon,
  'lesson-cancelled': HolidayIcon,
  'lesson-restored': RestoreIcon,
  'teacher-substituted': SubstituteIcon,
  'lesson-given-to-you': PersonAddIcon,
  'place-changed': PlaceIcon,
  'lesson-added-for-group': CalendarAddIcon,
  'lesson-removed-for-group': HolidayIcon,
  'lesson-starts-soon': ClockIcon,
  'recording-ready': PlayIcon,
  'called-to-class': CallIcon,
  'space-low': StorageIcon,
  'capacity-near': ActivityIcon,
};
