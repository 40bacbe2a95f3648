// How far the test is, in words that are read out, and as a bar.
import { useText } from '../../i18n/index.ts';
import { Countdown } from '../../ui/Countdown.tsx';
import { type Progress, stages } from './run-test.ts';

export function TestProgress({ progress }: { readonly progress: Progress }) {
  const { t, number } = useText();
  const { stage } = progress;
  const step = stage === 'busy' ? 0 : stages.indexOf(stage);
  return (
    <div className="connection-progress">
      <p role="status">{t(`connection.stage.${stage}`)}</p>
      {stage === 'busy' ? (
        <p className="connection-quiet tabular">
          <Countdown
            until={progress.untilMs}
            format={(left) => t('connection.busyFor', { n: number(Math.ceil(left / 1000)) })}
            onEnd={() => undefined}
          />
        </p>
      ) : null}
      <progress max={stages.length} value={step + 0.5} aria-label={t('connection.progress')} />
    </div>
  );
}
