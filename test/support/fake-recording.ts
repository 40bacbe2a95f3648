// A recorder that records nothing and remembers what it was told.
import { type LessonId, RecordingMarkId } from '../../server/contract/ids.ts';
import type { RecordingView } from '../../server/contract/room.ts';
import type { Recording } from '../../server/room/room.socket.ts';

export class FakeRecording implements Recording {
  readonly told: string[] = [];
  #state: RecordingView['state'] = 'off';

  view(_: LessonId): RecordingView {
    return { state: this.#state, recordingId: null, startedAt: null, withoutCameras: false };
  }

  async start(): Promise<void> {
    this.#tell('start', 'recording');
  }

  async pause(): Promise<void> {
    this.#tell('pause', 'paused');
  }

  async resume(): Promise<void> {
    this.#tell('resume', 'recording');
  }

  async stop(): Promise<void> {
    this.#tell('stop', 'off');
  }

  async mark(_: LessonId, { kind, text }: { kind: string; text: string }): Promise<{ id: RecordingMarkId; atMs: number }> {
    this.told.push(`mark ${kind} ${text}`);
    return { id: RecordingMarkId.parse('mark'), atMs: 1000 };
  }

  #tell(what: string, state: RecordingView['state']): void {
    this.told.push(what);
    this.#state = state;
  }
}
