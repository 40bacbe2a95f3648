// For tests: the manifest of a recording in a plain folder, as those who watch are given it, also while it runs.
import type { RecordingId } from '../../../contract/ids.ts';
import { RecordingManifest } from '../../../contract/recording.ts';
import { FolderFiles } from '../../exports/testing/folder-files.ts';
import { ManifestReader } from '../../playback/manifest-reader.ts';
import type { RecordingService } from '../../recording.service.ts';

export const manifestIn = (root: string, service: Pick<RecordingService, 'find' | 'live'>) => {
  const reader = new ManifestReader(new FolderFiles(root), (row) => service.live(row)?.manifest());
  return async (id: RecordingId): Promise<RecordingManifest> => {
    const row = await service.find(id);
    if (!row) throw new Error('no recording');
    return RecordingManifest.parse(await reader.manifest(row));
  };
};
