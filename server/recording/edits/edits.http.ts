// The HTTP calls by which teachers publish and edit recordings.
import { Router } from 'express';
import { routes } from '../../contract/http.ts';
import { bind } from '../../edge/http-bind.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { EditsService } from './edits.service.ts';

export function editsHttp(edits: EditsService, access: RecordingAccess): Router {
  const router = Router();
  bind(router, routes.publishRecording, async ({ request, params, body }) =>
    edits.publish(await access.allowPerson(request, params.id, 'edit'), body),
  );
  bind(router, routes.recordingEdits, async ({ request, params }) => ({
    edits: await edits.list(await access.allowPerson(request, params.id, 'edit')),
  }));
  bind(router, routes.editRecording, async ({ request, params, body }) =>
    edits.add(await access.allowPerson(request, params.id, 'edit'), body),
  );
  bind(router, routes.undoRecordingEdit, async ({ request, params }) => {
    await edits.undo(await access.allowPerson(request, params.id, 'edit'), params.editId);
    return {};
  });
  return router;
}
