// How somebody's attendance was judged: a sign, a colour and a word.
import type { Verdict } from '../../../server/contract/attendance.ts';
import { type TextKey, useText } from '../../i18n/index.ts';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { AbsentIcon, ClockIcon, type Icon, LeaveIcon, PersonIcon, SuccessIcon } from '../../ui/icons.ts';

type Look = { readonly tone: Tone; readonly icon: Icon; readonly word: TextKey };

export const verdictLooks: Readonly<Record<Verdict, Look>> = {
  present: { tone: 'good', icon: SuccessIcon, word: 'attendance.verdict.present' },
  late: { tone: 'warn', icon: ClockIcon, word: 'attendance.verdict.late' },
  'left-early': { tone: 'warn', icon: LeaveIcon, word: 'attendance.verdict.left-early' },
  absent: { tone: 'danger', icon: AbsentIcon, word: 'attendance.verdict.absent' },
  expected: { tone: 'neutral', icon: PersonIcon, word: 'attendance.verdict.expected' },
};

export function VerdictChip({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useText();
  const { tone, icon, word } = verdictLooks[verdict];
  return (
    <Chip tone={tone} icon={icon}>
      {t(word)}
    </Chip>
  );
}
