// The HTTP calls of the situation centre's board. Board and summary are also files: the same address with .csv or .xlsx behind it, and `?lang=`.
import { route } from './route.ts';
import { Situation, SituationQuery, SituationSummary, Slots, SlotsQuery, SummaryQuery } from './situation.ts';

export const situationRoutes = {
  situation: route('GET', '/api/situation', 'signed-in', 'How each lesson of now, or of any moment before, goes: those that one sees', {
    query: SituationQuery,
    answer: Situation,
  }),
  situationSlots: route('GET', '/api/situation/slots', 'signed-in', 'When lessons begin on a day', { query: SlotsQuery, answer: Slots }),
  situationSummary: route('GET', '/api/situation/summary', 'signed-in', 'What the days came to, by faculty, building and kind', {
    query: SummaryQuery,
    answer: SituationSummary,
  }),
} as const;
