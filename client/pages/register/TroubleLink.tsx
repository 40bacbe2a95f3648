// Leads to who was in this class, with trouble or without; for those who may look into it.
import type { Register } from '../../../server/contract/attendance.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { DiagnosisIcon } from '../../ui/icons.ts';

export function TroubleLink({ lessonId }: Pick<Register, 'lessonId'>) {
  const { t } = useText();
  const { hasRole } = useSession();
  // Whoever was given the lead for a while sees the register, and not the lines of the others.
  if (!hasRole('administrator', 'coordinator', 'observer', 'proctor', 'teacher')) return null;
  return (
    <ButtonLink icon={DiagnosisIcon} href={`/diagnosis?lesson=${lessonId}&show=everybody`}>
      {t('register.trouble')}
    </ButtonLink>
  );
}
