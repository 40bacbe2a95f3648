// Whom a change concerns: how many lessons it changes, and how many people will be told.
import type { z } from 'zod';
import type { LessonChangePreview } from '../../../../server/contract/planning.ts';
import { useText } from '../../../i18n/index.ts';
import { InfoIcon } from '../../../ui/icons.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';

type ChangeReachProps = { readonly preview: z.output<typeof LessonChangePreview> | undefined; readonly waiting: boolean };

export function ChangeReach({ preview, waiting }: ChangeReachProps) {
  const { t } = useText();
  return (
    <p className="change-reach" role="status">
      <InfoIcon />
      {preview ? (
        <span>
          {t('timetable.change.lessons', { n: preview.lessons })} {t('timetable.change.people', { n: preview.people })}
        </span>
      ) : waiting ? (
        <Skeleton width="60%" />
      ) : (
        <span>{t('timetable.change.tellLater')}</span>
      )}
    </p>
  );
}
