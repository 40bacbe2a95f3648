// Tests the connection in half a minute and says in plain words whether classes will work from here. For everyone, also before signing in.
import { useEffect, useReducer, useRef } from 'react';
import { errorCode } from '../../app/api.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ReloadIcon } from '../../ui/icons.ts';
import { DeviceChecks } from './DeviceChecks.tsx';
import { LineFigures } from './LineFigures.tsx';
import { NetworkNeeds } from './NetworkNeeds.tsx';
import { ReportForm } from './ReportForm.tsx';
import { type Finished, type Progress, runTest } from './run-test.ts';
import { TestProgress } from './TestProgress.tsx';
import { VerdictCard } from './VerdictCard.tsx';
import { WayList } from './WayList.tsx';
import './connection-test.css';

type State =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly progress: Progress }
  | { readonly phase: 'done'; readonly finished: Finished }
  | { readonly phase: 'failed'; readonly error: unknown };

export default function ConnectionTestPage() {
  const { t } = useText();
  usePageTitle(t('connection.title'));
  const { state, start } = useTest();
  const finished = state.phase === 'done' ? state.finished : null;
  const isRunning = state.phase === 'running';
  const hasRun = state.phase === 'done' || state.phase === 'failed';
  return (
    <article className="connection">
      <header className="connection-head">
        <h1>{t('connection.title')}</h1>
        <p className="connection-lead">{t('connection.lead')}</p>
      </header>
      {state.phase === 'running' ? <TestProgress progress={state.progress} /> : null}
      {state.phase === 'failed' ? <Failed error={state.error} /> : null}
      {finished ? <VerdictCard result={finished.result} /> : null}
      <div>
        <Button
          kind={finished ? 'plain' : 'primary'}
          size="large"
          icon={hasRun ? ReloadIcon : undefined}
          isPending={isRunning}
          onPress={start}
        >
          {t(hasRun ? 'connection.again' : 'connection.start')}
        </Button>
      </div>
      {finished && finished.result.ways.length > 0 ? (
        <>
          <WayList result={finished.result} />
          <LineFigures line={finished.result.line} />
        </>
      ) : null}
      {isRunning ? null : <DeviceChecks key={state.phase} />}
      {finished?.begun ? (
        <>
          <NetworkNeeds begun={finished.begun} result={finished.result} />
          <ReportForm begun={finished.begun} result={finished.result} />
        </>
      ) : null}
    </article>
  );
}

function Failed({ error }: { readonly error: unknown }) {
  const { t, refusal } = useText();
  return (
    <Banner tone="danger" announce="assertive" title={t('connection.failed')}>
      {refusal(errorCode(error))}
    </Banner>
  );
}

/** Leaving the page ends the test. */
function useTest(): { readonly state: State; readonly start: () => void } {
  const [state, set] = useReducer((_before: State, now: State) => now, { phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const tell = (now: State) => {
      if (!controller.signal.aborted) set(now);
    };
    tell({ phase: 'running', progress: { stage: 'begin' } });
    runTest((progress) => tell({ phase: 'running', progress }), controller.signal).then(
      (finished) => tell({ phase: 'done', finished }),
      (error: unknown) => tell({ phase: 'failed', error }),
    );
  };
  return { state, start };
}
