import { writeFileSync } from 'node:fs';
import { printedWeek } from './week.ts';
import { weekPdf } from './week-pdf.ts';

const at = (d: string, t: string) => Date.parse(`2026-11-${d}T${t}:00+05:00`);
const mk = (i: number, d: string, t: string, min: number, title: string, course: string, more = {}) => ({
  id: `l${i}`,
  title,
  courseTitle: course,
  kind: 'lecture' as const,
  teacherName: 'Әбдіғалиұлы Қанат Нұрланұлы',
  groups: ['ФИЗ-21-1', 'ФИЗ-21-2'],
  startsAt: at(d, t),
  endsAt: at(d, t) + min * 60000,
  cancelled: false,
  place: { name: '214', building: '3-корпус' },
  mode: 'hybrid' as const,
  note: '',
  sequence: 0,
  changedAt: 0,
  ...more,
});
const lessons = [
  mk(1, '23', '08:00', 50, 'Сызықтық алгебра', 'Сызықтық алгебра'),
  mk(2, '23', '09:00', 110, 'Кванттық механика негіздері', 'Теориялық физика және оның ғылыми-техникалық қосымшалары', {
    kind: 'laboratory',
    place: null,
    mode: 'online',
  }),
  mk(3, '24', '09:00', 50, 'Қазақстан тарихы', 'Қазақстан тарихы', { cancelled: true }),
  mk(4, '24', '09:00', 50, 'Ағылшын тілі', 'Ағылшын тілі', { kind: 'seminar', mode: 'on-site' }),
  mk(5, '25', '09:00', 50, 'A', 'B'),
  mk(6, '25', '09:00', 50, 'Электромагнитизмнің қасиеттерінсіздендірілмегендігіңіздерденбісіздер', 'Физика'),
  mk(7, '25', '09:00', 50, 'C', 'Философия'),
  mk(8, '27', '19:00', 90, 'Емтихан', 'Әлеуметтану', { kind: 'examination' }),
  mk(9, '28', '10:30', 90, 'Кураторский час', 'Кураторский час', { kind: 'curator-hour' }),
];
const busy = [
  ...lessons,
  ...Array.from({ length: 60 }, (_, i) =>
    mk(100 + i, String(23 + (i % 6)), `${String(8 + Math.floor(i / 6)).padStart(2, '0')}:00`, 50, `Сабақ ${i}`, 'Математикалық талдау'),
  ),
];
const terms = [{ startsOn: '2026-09-01', endsOn: '2026-12-20' }];
const days = [
  {
    id: 'd' as never,
    kind: 'holiday' as const,
    name: 'Республика күніне орай демалыс',
    firstOn: '2026-11-26',
    lastOn: '2026-11-26',
    taughtAs: null,
    facultyId: null,
  },
];
for (const language of ['kk', 'ru', 'en'] as const) {
  const base = {
    of: 'group' as const,
    name: 'ФИЗ-21-1',
    facultyId: null,
    monday: '2026-11-23',
    terms,
    days,
    now: at('21', '12:00'),
    language,
    timeZone: 'Asia/Almaty',
  };
  const t = performance.now();
  const pdf = await weekPdf(printedWeek({ ...base, lessons }), base.now);
  console.log(language, pdf.length, Math.round(performance.now() - t), 'ms');
  writeFileSync(`/work/scratch/pdf/week-${language}.pdf`, pdf);
}
const base = {
  of: 'person' as const,
  name: 'Айгүл Сәрсенова',
  facultyId: null,
  monday: '2026-11-23',
  terms,
  days: [],
  now: at('21', '12:00'),
  language: 'kk' as const,
  timeZone: 'Asia/Almaty',
};
const t = performance.now();
let pdf = await weekPdf(printedWeek({ ...base, lessons: busy }), base.now);
console.log('busy', pdf.length, Math.round(performance.now() - t));
writeFileSync('/work/scratch/pdf/busy.pdf', pdf);
pdf = await weekPdf(printedWeek({ ...base, lessons: [] }), base.now);
writeFileSync('/work/scratch/pdf/empty.pdf', pdf);
