// The player with all that helps to learn from a recording beside it.
import { useMemo } from 'react';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import type { RecordingPage } from '../../../server/contract/recording-page.ts';
import { useText } from '../../i18n/index.ts';
import type { Player } from '../../player/player.ts';
import { People } from './People.tsx';
import { CaptionsOverlay } from './panels/CaptionsOverlay.tsx';
import { ContinueNote } from './panels/ContinueNote.tsx';
import { StudyPanels } from './panels/StudyPanels.tsx';
import { useStudy } from './panels/useStudy.ts';
import { peopleOf } from './people.ts';
import { RecordingPlayer } from './RecordingPlayer.tsx';
import { PlayerPlace } from './RecordingView.tsx';
import { usePlayer, usePlayerState } from './usePlayer.ts';
import { useOwnViewing } from './viewing/useOwnViewing.ts';
import { WatchReport } from './WatchReport.tsx';

export type StudiedRecordingProps = {
  readonly manifest: RecordingManifest;
  readonly page: RecordingPage;
  /** Class time that the address asks for. */
  readonly openAtMs: number | undefined;
};

export function StudiedRecording(props: StudiedRecordingProps) {
  const { manifest, page, openAtMs } = props;
  const player = usePlayer(manifest, { leader: page.teacherName, openAtMs });
  return <div className="recording-layout">{player ? <WithPlayer {...props} player={player} /> : <PlayerPlace />}</div>;
}

function WithPlayer({ manifest, page, player }: StudiedRecordingProps & { readonly player: Player }) {
  const { t } = useText();
  const study = useStudy({ player, manifest, page });
  const state = usePlayerState(player);
  const viewing = useOwnViewing(manifest.id);
  const seen = useMemo(() => viewing?.parts.map(([fromMs, toMs]) => ({ fromMs, toMs })), [viewing]);
  const people = useMemo(() => peopleOf(manifest), [manifest]);
  const { captions, time } = study;
  const hasCaptions = captions.languages.length > 0;
  return (
    <>
      <WatchReport player={player} id={manifest.id} />
      <div className="recording-main">
        <RecordingPlayer
          {...{ player, manifest, page, seen }}
          mode="page"
          timeline={study.timeline}
          overlay={<CaptionsOverlay study={study} state={state} />}
          captions={hasCaptions ? { isOn: captions.shown !== null, toggle: captions.toggle } : undefined}
        />
        <ContinueNote study={study} />
      </div>
      <aside className="recording-side" aria-label={t('recording.beside')}>
        <StudyPanels {...{ study, player, state, manifest, page }} />
        <section aria-labelledby="recording-people" className="recording-side-people">
          <h2 id="recording-people">{t('recording.people', { n: people.length })}</h2>
          <People
            people={people}
            speaking={state.speaker !== null && state.microphones.includes(state.speaker) ? state.speaker : null}
            toWatching={time.toWatching}
            onSeek={(ms) => player.seek(ms)}
          />
        </section>
      </aside>
    </>
  );
}
