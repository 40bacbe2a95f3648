// The settings of how much may be taught by distance.
import { z } from 'zod';
import { FieldOfStudy } from '../server/contract/catalogue.ts';

const percent = z.number().min(0).max(100);

export const shares = z.strictObject({
  limits: z
    .record(FieldOfStudy, percent)
    .refine((limits) => 'other' in limits, "has no limit for 'other'")
    .default({
      ...{ teaching: 20, law: 20, choreography: 20, 'instrumental-performance': 20, aviation: 20, construction: 20 },
      ...{ 'marine-engineering': 20, health: 20, military: 20, veterinary: 20, 'academic-mobility': 20, college: 20 },
      ...{ 'double-degree': 50, exchange: 50, other: 50 },
    })
    .describe('Highest share of distance teaching by field of study, in percent; `other` is for every field that is not named.'),
  warnAtPercent: percent.default(80).describe('From this part of its limit on, in percent, a share is shown as near it.'),
  hourMinutes: z.number().int().min(20).max(90).default(50).describe('Length of an academic hour, in minutes.'),
  breakMinutes: z
    .number()
    .int()
    .min(0)
    .max(30)
    .default(10)
    .describe('Break between the hours of one long lesson, in minutes; breaks are not counted as hours.'),
});
