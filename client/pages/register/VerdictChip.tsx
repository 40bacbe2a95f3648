// How somebody's attendance was judged: a sign, a colour and a word; and what was computed before it was corrected.
import type { RegisterRow, Verdict } from '../../../server/contract/attendance.ts';
import { type TextKey, useText } from '../../i18n/index.ts';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { AbsentIcon, ClockIcon, HolidayIcon, type Icon, LeaveIcon, NoteIcon, PersonIcon, PlayIcon, SuccessIcon } from '../../ui/icons.ts';

type Look = { readonly tone: Tone; readonly icon: Icon; readonly word: TextKey };

export const verdictLooks: Readonly<Record<Verdict, Look>> = {
  present: { tone: 'good', icon: SuccessIcon, word: 'attendance.verdict.present' },
  late: { tone: 'warn', icon: ClockIcon, word: 'attendance.verdict.late' },
  'left-early': { tone: 'warn', icon: LeaveIcon, word: 'attendance.verdict.left-early' },
  absent: { tone: 'danger', icon: AbsentIcon, word: 'attendance.verdict.absent' },
  expected: { tone: 'neutral', icon: PersonIcon, word: 'attendance.verdict.expected' },
  excused: { tone: 'info', icon: NoteIcon, word: 'attendance.verdict.excused' },
  asynchronous: { tone: 'accent', icon: PlayIcon, word: 'attendance.verdict.asynchronous' },
  'not-held': { tone: 'neutral', icon: HolidayIcon, word: 'attendance.verdict.not-held' },
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

/** The verdict that holds; where a person set it, also the one that was computed, struck out. */
export function RowVerdict({ row }: { readonly row: Pick<RegisterRow, 'verdict' | 'computed' | 'correction'> }) {
  const { t } = useText();
  if (row.correction === null) return <VerdictChip verdict={row.verdict} />;
  return (
    <span className="register-verdict">
      <VerdictChip verdict={row.verdict} />
      <span className="register-computed">
        {t('register.computed')}: <del>{t(verdictLooks[row.computed].word)}</del>
      </span>
    </span>
  );
}
