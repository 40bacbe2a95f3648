// The waiting room: the person knows that they are seen and what happens next.
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ClockIcon } from '../../ui/icons.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { useClassroom } from './classroom.ts';
import { Notice } from './Notice.tsx';

export function WaitingRoom({ title, courseTitle }: { readonly title: string; readonly courseTitle: string }) {
  const { t } = useText();
  const { session } = useClassroom();
  return (
    <Notice
      icon={ClockIcon}
      title={t('room.waiting.title')}
      action={<Button onPress={() => void session.leave()}>{t('room.waiting.goAway')}</Button>}
    >
      <p className="room-notice-lesson">
        {courseTitle} · {title}
      </p>
      <p>{t('room.waiting.text')}</p>
      <p className="room-notice-busy">
        <Spinner /> {t('room.waiting.keepOpen')}
      </p>
    </Notice>
  );
}
