// How far the server is with an import.
import { ProgressBar } from 'react-aria-components';
import type { ImportJob } from '../../../../server/contract/import.ts';
import { useText } from '../../../i18n/index.ts';

export function ImportProgress({ progress }: { readonly progress: ImportJob['progress'] }) {
  const { t, number } = useText();
  const step = t(`import.step.${progress?.step ?? 'reading'}`);
  const known = progress !== null && progress.total > 0;
  return (
    <ProgressBar
      aria-label={step}
      isIndeterminate={!known}
      value={known ? progress.done : 0}
      maxValue={known ? progress.total : 1}
      className="import-progress"
    >
      {({ percentage = 0 }) => (
        <>
          <div className="import-progress-text">
            <span>{step}</span>
            {known ? <span>{t('import.progress', { done: number(progress.done), total: number(progress.total) })}</span> : null}
          </div>
          <div className="import-progress-track">
            <div
              className="import-progress-bar"
              data-moving={known ? undefined : ''}
              style={known ? { width: `${percentage}%` } : undefined}
            />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
