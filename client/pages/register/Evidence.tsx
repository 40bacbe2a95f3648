// The trace behind the register: proves that nothing in it was changed, and gives it away to be proven elsewhere.
import { useMutation } from '@tanstack/react-query';
import type { Register } from '../../../server/contract/attendance.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { DownloadIcon, ShieldIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { ProofResult } from './ProofResult.tsx';

export function Evidence({ lessonId }: Pick<Register, 'lessonId'>) {
  const { t, refusal } = useText();
  const prove = useMutation({ mutationFn: () => api(recordsRoutes.verifyLesson, { params: { id: lessonId } }) });
  return (
    <section className="register-section register-others register-evidence">
      <h2>{t('register.trace')}</h2>
      <p>{t('register.trace.text')}</p>
      <div className="register-buttons">
        <Button icon={ShieldIcon} isPending={prove.isPending} onPress={() => prove.mutate()}>
          {t('register.prove')}
        </Button>
        <ButtonLink kind="quiet" icon={DownloadIcon} href={`/api/lessons/${lessonId}/trace.jsonl`} download={`trace-${lessonId}.jsonl`}>
          {t('register.file.trace')}
        </ButtonLink>
      </div>
      {prove.data ? <ProofResult proof={prove.data} /> : null}
      {prove.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(prove.error))}
        </Banner>
      ) : null}
      <p className="register-quiet">
        {t('register.trace.elsewhere')}{' '}
        <Link href="/trace/verify-bundle.mjs" download="verify-bundle.mjs">
          {t('register.trace.verifier')}
        </Link>
      </p>
    </section>
  );
}
