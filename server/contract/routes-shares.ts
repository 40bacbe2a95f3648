// The HTTP calls of the shares of distance teaching.
import { route } from './route.ts';
import { OwnShare, Shares, SharesPreview, SharesPreviewRequest, SharesQuery } from './shares.ts';

export const sharesRoutes = {
  shares: route(
    'GET',
    '/api/shares',
    'signed-in',
    'Hours and credits taught by distance in a term, by course, programme or student, against the limits (also .csv, all pages)',
    { query: SharesQuery, answer: Shares },
  ),
  ownShare: route('GET', '/api/me/share', 'signed-in', 'What part of one’s own studies in the term is taught by distance, for students', {
    answer: OwnShare,
  }),
  sharesPreview: route('POST', '/api/shares/preview', 'signed-in', 'What a course’s share would become with this pattern or lesson', {
    body: SharesPreviewRequest,
    answer: SharesPreview,
  }),
} as const;
