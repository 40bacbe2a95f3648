// Attendance while the class runs: how many are here, who is missing, presence checks, and the way to the full register.
import { errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { useClassroom } from '../../pages/room/classroom.ts';
import { useRoom } from '../../session/useSession.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { RegisterIcon } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Guests } from './Guests.tsx';
import { Missing } from './Missing.tsx';
import { PresenceChecks } from './PresenceChecks.tsx';
import { useLiveRegister } from './useLiveRegister.ts';
import './attendance.css';

export function AttendancePanel() {
  const { t, refusal } = useText();
  const { session } = useClassroom();
  const mayCheck = useRoom((room) => room.self.actions.has('check-presence'));
  const { data, error, isFetching, refetch } = useLiveRegister();
  return (
    <div className="live">
      {data ? (
        <p className="live-headline tabular" role="status">
          {data.expected === 0 ? t('live.nobodyExpected') : t('live.headline', { expected: data.expected, here: data.here })}
        </p>
      ) : error ? (
        <Banner
          tone="warn"
          title={t('live.failed')}
          announce="polite"
          action={
            <Button size="small" isPending={isFetching} onPress={() => void refetch()}>
              {t('app.tryAgain')}
            </Button>
          }
        >
          {refusal(errorCode(error))}
        </Banner>
      ) : (
        <Skeleton height="8rem" />
      )}
      {mayCheck ? <PresenceChecks /> : null}
      {data ? (
        <>
          <Missing register={data} />
          <Guests guests={data.guests} />
        </>
      ) : null}
      <ButtonLink kind="quiet" icon={RegisterIcon} href={`/lessons/${session.lessonId}/register`} target="_blank" rel="noopener">
        {t('live.register')}
      </ButtonLink>
    </div>
  );
}
