// The HTTP calls of recordings. Files lie beside them, in ranges: /api/recordings/{id}/files/{file}, and with a ticket /media/recordings/{ticket}/{file}.
import { z } from 'zod';
import { LessonId, RecordingEditId, RecordingId, RecordingLinkId, RecordingMarkId, RecordingNoteId } from './ids.ts';
import { RecordingManifest, Recordings } from './recording.ts';
import {
  NewRecordingEdit,
  NewRecordingLink,
  NewTicket,
  OpenSharedRecording,
  Publication,
  PublicationChange,
  RecordingEdit,
  RecordingEdits,
  RecordingLinkMade,
  RecordingLinks,
  SharedRecording,
  SharedRecordingOpened,
  Ticket,
} from './recording-edits.ts';
import { KeepingRules, KeptRecordings, KeptRecordingsQuery, NewHold, StorageState } from './recording-keeping.ts';
import {
  CaptionLanguage,
  CaptionTrack,
  CaptionUpload,
  ExportKind,
  MarkChange,
  NewCaptions,
  NewMark,
  NewNote,
  NewPosition,
  NoteChange,
  RecordingExport,
  RecordingMark,
  RecordingNote,
  RecordingPage,
  RecordingTimeline,
} from './recording-page.ts';
import { route } from './route.ts';
import { OwnViewing, Viewing, Watched } from './viewing.ts';

const recording = z.object({ id: RecordingId });
const captions = z.object({ id: RecordingId, language: CaptionLanguage });
const shared = z.object({ token: z.string().min(16).max(128) });

/** `anyone`: who came by a link has no session; the service decides. */
export const recordingRoutes = {
  recordings: route('GET', '/api/lessons/{id}/recordings', 'signed-in', 'The recordings of a lesson, newest first', {
    params: z.object({ id: LessonId }),
    answer: Recordings,
  }),
  recording: route('GET', '/api/recordings/{id}', 'anyone', 'A recording’s manifest', {
    params: recording,
    /** `editor`: with what was cut and dropped, for those who may edit. */
    query: z.object({ as: z.enum(['viewer', 'editor']).default('viewer') }),
    answer: RecordingManifest,
  }),
  recordingPage: route('GET', '/api/recordings/{id}/page', 'anyone', 'What stands around the player', {
    params: recording,
    answer: RecordingPage,
  }),
  recordingTimeline: route('GET', '/api/recordings/{id}/timeline', 'anyone', 'Chapters, chat and speech on the recording’s clock', {
    params: recording,
    answer: RecordingTimeline,
  }),
  recordingTicket: route('POST', '/api/recordings/{id}/tickets', 'anyone', 'A short-lived address for a file', {
    params: recording,
    body: NewTicket,
    answer: Ticket,
  }),

  publishRecording: route('PATCH', '/api/recordings/{id}', 'signed-in', 'Rename it, and say who may see it and when', {
    params: recording,
    body: PublicationChange,
    answer: Publication,
  }),
  recordingEdits: route('GET', '/api/recordings/{id}/edits', 'signed-in', 'What was left out of it, by whom', {
    params: recording,
    answer: RecordingEdits,
  }),
  editRecording: route('POST', '/api/recordings/{id}/edits', 'signed-in', 'Cut a passage, or leave out a person’s picture or voice', {
    params: recording,
    body: NewRecordingEdit,
    answer: RecordingEdit,
  }),
  undoRecordingEdit: route('DELETE', '/api/recordings/{id}/edits/{editId}', 'signed-in', 'Take an edit back', {
    params: z.object({ id: RecordingId, editId: RecordingEditId }),
  }),
  recordingLinks: route('GET', '/api/recordings/{id}/links', 'signed-in', 'Links by which others may watch', {
    params: recording,
    answer: RecordingLinks,
  }),
  linkRecording: route('POST', '/api/recordings/{id}/links', 'signed-in', 'Make a link that expires', {
    params: recording,
    body: NewRecordingLink,
    answer: RecordingLinkMade,
  }),
  unlinkRecording: route('DELETE', '/api/recordings/{id}/links/{linkId}', 'signed-in', 'Revoke a link', {
    params: z.object({ id: RecordingId, linkId: RecordingLinkId }),
  }),
  sharedRecording: route('GET', '/api/shared-recordings/{token}', 'anyone', 'Whether a link works, and what it asks for', {
    params: shared,
    answer: SharedRecording,
  }),
  openSharedRecording: route('POST', '/api/shared-recordings/{token}', 'anyone', 'Open the recording of a link', {
    params: shared,
    body: OpenSharedRecording,
    answer: SharedRecordingOpened,
  }),

  exportRecording: route('PUT', '/api/recordings/{id}/exports/{kind}', 'signed-in', 'Have one file made of it', {
    params: z.object({ id: RecordingId, kind: ExportKind }),
    answer: RecordingExport,
  }),

  markRecording: route('POST', '/api/recordings/{id}/marks', 'signed-in', 'Mark a moment', {
    params: recording,
    body: NewMark,
    answer: RecordingMark,
  }),
  changeMark: route('PATCH', '/api/recordings/{id}/marks/{markId}', 'signed-in', 'Move or rename a mark', {
    params: z.object({ id: RecordingId, markId: RecordingMarkId }),
    body: MarkChange,
    answer: RecordingMark,
  }),
  removeMark: route('DELETE', '/api/recordings/{id}/marks/{markId}', 'signed-in', 'Remove a mark', {
    params: z.object({ id: RecordingId, markId: RecordingMarkId }),
  }),
  captions: route('GET', '/api/recordings/{id}/captions/{language}', 'anyone', 'Captions', { params: captions, answer: CaptionTrack }),
  setCaptions: route('PUT', '/api/recordings/{id}/captions/{language}', 'signed-in', 'Write captions (teachers, assistants)', {
    params: captions,
    body: NewCaptions,
    answer: CaptionTrack,
  }),
  uploadCaptions: route('POST', '/api/recordings/{id}/captions/{language}', 'signed-in', 'Read captions from a WebVTT file', {
    params: captions,
    body: CaptionUpload,
    answer: CaptionTrack,
  }),
  removeCaptions: route('DELETE', '/api/recordings/{id}/captions/{language}', 'signed-in', 'Remove captions', { params: captions }),

  recordingNotes: route('GET', '/api/recordings/{id}/notes', 'signed-in', 'One’s own notes and bookmarks', {
    params: recording,
    answer: z.object({ notes: z.array(RecordingNote) }),
  }),
  addNote: route('POST', '/api/recordings/{id}/notes', 'signed-in', 'Note or bookmark a moment', {
    params: recording,
    body: NewNote,
    answer: RecordingNote,
  }),
  changeNote: route('PATCH', '/api/recordings/{id}/notes/{noteId}', 'signed-in', 'Change one’s note', {
    params: z.object({ id: RecordingId, noteId: RecordingNoteId }),
    body: NoteChange,
    answer: RecordingNote,
  }),
  removeNote: route('DELETE', '/api/recordings/{id}/notes/{noteId}', 'signed-in', 'Remove one’s note', {
    params: z.object({ id: RecordingId, noteId: RecordingNoteId }),
  }),
  savePosition: route('PUT', '/api/recordings/{id}/position', 'signed-in', 'Where one stopped', { params: recording, body: NewPosition }),

  watched: route('POST', '/api/recordings/{id}/watched', 'signed-in', 'What one watched of a recording', {
    params: recording,
    body: Watched,
    answer: OwnViewing,
  }),
  ownViewing: route('GET', '/api/recordings/{id}/watched', 'signed-in', 'What one has watched so far', {
    params: recording,
    answer: OwnViewing,
  }),
  viewing: route('GET', '/api/recordings/{id}/viewing', 'signed-in', 'Who watched what (the lesson’s teachers)', {
    params: recording,
    answer: Viewing,
  }),

  trashRecording: route('DELETE', '/api/recordings/{id}', 'signed-in', 'Put it into the trash', { params: recording }),
  restoreRecording: route('POST', '/api/recordings/{id}/restoration', 'signed-in', 'Take it out of the trash', { params: recording }),
  purgeRecording: route('DELETE', '/api/recordings/{id}/bytes', 'administrator', 'Empty one out of the trash now, for good', {
    params: recording,
  }),
  holdRecording: route('PUT', '/api/recordings/{id}/hold', 'administrator', 'Keep it whatever the rules say', {
    params: recording,
    body: NewHold,
  }),
  releaseRecording: route('DELETE', '/api/recordings/{id}/hold', 'administrator', 'End a hold', { params: recording }),
  keptRecordings: route('GET', '/api/recordings', 'administrator', 'All recordings, searched and paged', {
    query: KeptRecordingsQuery,
    answer: KeptRecordings,
  }),
  keepingRules: route('GET', '/api/keeping-rules', 'anyone', 'How long recordings are kept, by kind of lesson', { answer: KeepingRules }),
  storage: route('GET', '/api/storage', 'administrator', 'Where recordings lie, and how full it is', { answer: StorageState }),
} as const;
