// The HTTP call on what this machine carries and will have to.
import { CapacityView } from './capacity.ts';
import { route } from './route.ts';

export const capacityRoutes = {
  capacity: route('GET', '/api/capacity', 'administrator', 'What the media workers carry now, and what the timetable will ask of them', {
    answer: CapacityView,
  }),
} as const;
