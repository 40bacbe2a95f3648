// The rules of a lesson's room, in words.
import type { Capability, Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { Fact } from './Fact.tsx';

export const capabilities = ['microphone', 'camera', 'screen', 'chat'] as const satisfies readonly Capability[];

export function RulesWords({ rules }: { readonly rules: Lesson['rules'] }) {
  const { t } = useText();
  const may = capabilities.filter((capability) => rules.students[capability]).map((capability) => t(`timetable.rules.${capability}`));
  return (
    <>
      <Fact name={t('timetable.rules.students')}>{may.length > 0 ? may.join(', ') : '–'}</Fact>
      <Fact name={t('timetable.rules.lobby')}>{t(`timetable.rules.lobby.${rules.lobby}`)}</Fact>
      <Fact name={t('timetable.rules.recording')}>{t(`timetable.rules.recording.${rules.recording}`)}</Fact>
      {rules.recording === 'never' ? null : (
        <Fact name={t('timetable.rules.rewindWords')}>{t(`timetable.rules.rewind.${rules.rewind ? 'yes' : 'no'}`)}</Fact>
      )}
    </>
  );
}
