// The HTTP calls of attendance as evidence: registers, their rules, the trace, reports, and what goes out to other systems.
// Reports are also files: the same address with .csv, .xlsx or .pdf behind it, and `?lang=`.
import { z } from 'zod';
import {
  NewCorrection,
  NewRegisterRule,
  NewSignature,
  Register,
  RegisterRule,
  RegisterRules,
  Reopening,
  RuleDifference,
} from './attendance.ts';
import { TraceKey, TraceProof, TraceState, TraceStateQuery } from './evidence.ts';
import { Excusal, Excusals, ExcusalsQuery, NewExcusal } from './excusals.ts';
import { CourseId, ExcusalId, FacultyId, GroupId, LessonId, LocalDate, PersonId, RegisterRuleId } from './ids.ts';
import { Called, CallMissing, LiveRegister } from './live-register.ts';
import { DeadLetters, DeadLettersQuery, Destination, DestinationId, Destinations, Replay } from './outbox.ts';
import {
  AtRisk,
  AtRiskQuery,
  FacultyReport,
  Journal,
  JournalQuery,
  Matrix,
  ReportQuery,
  ReportScopes,
  StudentReport,
  TeacherReport,
  TermReport,
} from './reports.ts';
import { route } from './route.ts';

const lesson = z.object({ id: LessonId });
const destination = z.object({ id: DestinationId });

export const recordsRoutes = {
  register: route('GET', '/api/lessons/{id}/register', 'signed-in', 'The register; students see their own row', {
    params: lesson,
    answer: Register,
  }),
  correctRegister: route('PUT', '/api/lessons/{id}/register/{personId}', 'signed-in', 'Correct a verdict, with a reason, or take it back', {
    params: z.object({ id: LessonId, personId: PersonId }),
    body: NewCorrection,
    answer: Register,
  }),
  signRegister: route('POST', '/api/lessons/{id}/register/signature', 'signed-in', 'Close the register by one’s name', {
    params: lesson,
    body: NewSignature,
    answer: Register,
  }),
  reopenRegister: route('POST', '/api/lessons/{id}/register/reopening', 'signed-in', 'Open a closed register again (coordinators)', {
    params: lesson,
    body: Reopening,
    answer: Register,
  }),
  liveRegister: route('GET', '/api/lessons/{id}/register/live', 'signed-in', 'Who is expected, here and missing just now', {
    params: lesson,
    answer: LiveRegister,
  }),
  callMissing: route('POST', '/api/lessons/{id}/register/call', 'signed-in', 'Tell those who are missing that the class runs', {
    params: lesson,
    body: CallMissing,
    answer: Called,
  }),

  registerRules: route('GET', '/api/register-rules', 'signed-in', 'How registers judge', { answer: RegisterRules }),
  previewRegisterRule: route('POST', '/api/register-rules/preview', 'signed-in', 'What a rule would change', {
    body: NewRegisterRule,
    answer: RuleDifference,
  }),
  addRegisterRule: route(
    'POST',
    '/api/register-rules',
    'signed-in',
    'Let a rule hold from a day on; registers not signed are judged again',
    {
      body: NewRegisterRule,
      answer: RegisterRule,
    },
  ),
  removeRegisterRule: route('DELETE', '/api/register-rules/{id}', 'signed-in', 'Take a rule back', {
    params: z.object({ id: RegisterRuleId }),
  }),

  excusals: route('GET', '/api/excusals', 'signed-in', 'Excused absences, newest first', { query: ExcusalsQuery, answer: Excusals }),
  addExcusal: route('POST', '/api/excusals', 'signed-in', 'Excuse a student for some days', { body: NewExcusal, answer: Excusal }),
  removeExcusal: route('DELETE', '/api/excusals/{id}', 'signed-in', 'Take an excuse back', { params: z.object({ id: ExcusalId }) }),

  traceKeys: route('GET', '/.well-known/auditoria-trace-keys.json', 'anyone', 'Public keys of the signed heads', {
    answer: z.object({ keys: z.array(TraceKey) }),
  }),
  traceState: route('GET', '/api/trace', 'signed-in', 'Keys and signed heads (administrators, observers)', {
    query: TraceStateQuery,
    answer: TraceState,
  }),
  verifyLesson: route('POST', '/api/lessons/{id}/trace/proof', 'signed-in', 'Prove the trace of a lesson (bundle: GET …/trace.jsonl)', {
    params: lesson,
    answer: TraceProof,
  }),
  verifyDay: route('POST', '/api/trace/days/{day}/proof', 'signed-in', 'Prove a day: its head, and all lessons in it', {
    params: z.object({ day: LocalDate }),
    answer: TraceProof,
  }),
  verifyTrace: route('POST', '/api/trace/proof', 'signed-in', 'Prove all heads and their order', { answer: TraceProof }),
  rotateTraceKey: route('POST', '/api/trace/keys', 'administrator', 'Sign with a new key from now on', { answer: TraceKey }),

  reportScopes: route('GET', '/api/reports', 'signed-in', 'Which reports one may open', { answer: ReportScopes }),
  groupReport: route('GET', '/api/reports/groups/{id}', 'signed-in', 'Lessons by students of a group', {
    params: z.object({ id: GroupId }),
    query: ReportQuery,
    answer: Matrix,
  }),
  courseReport: route('GET', '/api/reports/courses/{id}', 'signed-in', 'Lessons by students of a course', {
    params: z.object({ id: CourseId }),
    query: ReportQuery,
    answer: Matrix,
  }),
  studentReport: route('GET', '/api/reports/students/{id}', 'signed-in', 'A student’s term; one’s own too', {
    params: z.object({ id: PersonId }),
    query: ReportQuery,
    answer: StudentReport,
  }),
  teacherReport: route('GET', '/api/reports/teachers/{id}', 'signed-in', 'A teacher’s lessons and delays; one’s own too', {
    params: z.object({ id: PersonId }),
    query: ReportQuery,
    answer: TeacherReport,
  }),
  facultyReport: route('GET', '/api/reports/faculties/{id}', 'signed-in', 'A faculty by group, course and teacher', {
    params: z.object({ id: FacultyId }),
    query: ReportQuery,
    answer: FacultyReport,
  }),
  termReport: route('GET', '/api/reports/term', 'signed-in', 'All faculties that one sees', { query: ReportQuery, answer: TermReport }),
  atRisk: route('GET', '/api/reports/at-risk', 'signed-in', 'Students who missed three lessons of a course in a row', {
    query: AtRiskQuery,
    answer: AtRisk,
  }),
  journal: route(
    'GET',
    '/api/reports/journal',
    'signed-in',
    'Lines for the electronic journal (also by a key with attendance:read, and .csv)',
    {
      query: JournalQuery,
      answer: Journal,
    },
  ),

  destinations: route('GET', '/api/outbox', 'administrator', 'Where statements and webhooks go, and how far', { answer: Destinations }),
  replay: route('POST', '/api/outbox/{id}/replay', 'administrator', 'Send again from a number on', {
    params: destination,
    body: Replay,
    answer: Destination,
  }),
  pauseDestination: route('POST', '/api/outbox/{id}/pause', 'administrator', 'Send nothing for now; nothing is lost', {
    params: destination,
    answer: Destination,
  }),
  resumeDestination: route('POST', '/api/outbox/{id}/resume', 'administrator', 'Go on sending, at once', {
    params: destination,
    answer: Destination,
  }),
  deadLetters: route('GET', '/api/outbox/{id}/dead', 'administrator', 'What was refused for good', {
    params: destination,
    query: DeadLettersQuery,
    answer: DeadLetters,
  }),
  retryDead: route('POST', '/api/outbox/{id}/dead/retry', 'administrator', 'Send the refused ones again', {
    params: destination,
    answer: Destination,
  }),
} as const;
