// The examples of RFC 5545, section 3.8.5.3, for tests: each starts at nine in New York unless it says otherwise.

export interface RfcExample {
  readonly name: string;
  readonly start: string;
  /** Several ways to say the same. */
  readonly rules: readonly string[];
  readonly excluded?: string;
  /** Days, or days with times; of an endless rule the first ones. */
  readonly expected: readonly string[];
  readonly endless?: true;
}

/** All days from one to the other, both included. */
function days(from: string, to: string, step = 1): string[] {
  const list: string[] = [];
  const last = Date.parse(`${to}T00:00Z`);
  for (let at = Date.parse(`${from}T00:00Z`); at <= last; at += step * 86_400_000) list.push(new Date(at).toISOString().slice(0, 10));
  return list;
}
const each = (month: string, ...list: number[]) => list.map((day) => `${month}-${String(day).padStart(2, '0')}`);
const times = (day: string, first: number, last: number, everyMinutes: number) => {
  const list: string[] = [];
  for (let minute = first; minute <= last; minute += everyMinutes)
    list.push(`${day} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
  return list;
};
const first = '19970902T090000';
const january = [...days('1998-01-01', '1998-01-31'), ...days('1999-01-01', '1999-01-31'), ...days('2000-01-01', '2000-01-31')];
const twentyMinutes = [...times('1997-09-02', 540, 1000, 20), ...times('1997-09-03', 540, 1000, 20)];

export const rfcExamples: readonly RfcExample[] = [
  { name: 'daily for 10 occurrences', start: first, rules: ['FREQ=DAILY;COUNT=10'], expected: days('1997-09-02', '1997-09-11') },
  {
    name: 'daily until December 24, 1997',
    start: first,
    rules: ['FREQ=DAILY;UNTIL=19971224T000000Z'],
    expected: days('1997-09-02', '1997-12-23'),
  },
  {
    name: 'every other day, forever',
    start: first,
    rules: ['FREQ=DAILY;INTERVAL=2'],
    expected: days('1997-09-02', '1997-12-03', 2),
    endless: true,
  },
  {
    name: 'every 10 days, 5 occurrences',
    start: first,
    rules: ['FREQ=DAILY;INTERVAL=10;COUNT=5'],
    expected: ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12'],
  },
  {
    name: 'every day in January, for 3 years',
    start: '19980101T090000',
    rules: ['FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA', 'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1'],
    expected: january,
  },
  { name: 'weekly for 10 occurrences', start: first, rules: ['FREQ=WEEKLY;COUNT=10'], expected: days('1997-09-02', '1997-11-04', 7) },
  {
    name: 'weekly until December 24, 1997',
    start: first,
    rules: ['FREQ=WEEKLY;UNTIL=19971224T000000Z'],
    expected: days('1997-09-02', '1997-12-23', 7),
  },
  {
    name: 'every other week, forever',
    start: first,
    rules: ['FREQ=WEEKLY;INTERVAL=2;WKST=SU'],
    expected: days('1997-09-02', '1998-02-17', 14),
    endless: true,
  },
  {
    name: 'weekly on Tuesday and Thursday for five weeks',
    start: first,
    rules: ['FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH', 'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH'],
    expected: [...each('1997-09', 2, 4, 9, 11, 16, 18, 23, 25, 30), '1997-10-02'],
  },
  {
    name: 'every other week on Monday, Wednesday and Friday until December 24, 1997',
    start: '19970901T090000',
    rules: ['FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR'],
    expected: [
      ...each('1997-09', 1, 3, 5, 15, 17, 19, 29),
      ...each('1997-10', 1, 3, 13, 15, 17, 27, 29, 31),
      ...each('1997-11', 10, 12, 14, 24, 26, 28),
      ...each('1997-12', 8, 10, 12, 22),
    ],
  },
  {
    name: 'every other week on Tuesday and Thursday, for 8 occurrences',
    start: first,
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH'],
    expected: [...each('1997-09', 2, 4, 16, 18, 30), ...each('1997-10', 2, 14, 16)],
  },
  {
    name: 'monthly on the first Friday for 10 occurrences',
    start: '19970905T090000',
    rules: ['FREQ=MONTHLY;COUNT=10;BYDAY=1FR'],
    expected: [
      ...['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05', '1998-01-02'],
      ...['1998-02-06', '1998-03-06', '1998-04-03', '1998-05-01', '1998-06-05'],
    ],
  },
  {
    name: 'monthly on the first Friday until December 24, 1997',
    start: '19970905T090000',
    rules: ['FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR'],
    expected: ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05'],
  },
  {
    name: 'every other month on the first and last Sunday for 10 occurrences',
    start: '19970907T090000',
    rules: ['FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU'],
    expected: [
      ...['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30', '1998-01-04'],
      ...['1998-01-25', '1998-03-01', '1998-03-29', '1998-05-03', '1998-05-31'],
    ],
  },
  {
    name: 'monthly on the second-to-last Monday for 6 months',
    start: '19970922T090000',
    rules: ['FREQ=MONTHLY;COUNT=6;BYDAY=-2MO'],
    expected: ['1997-09-22', '1997-10-20', '1997-11-17', '1997-12-22', '1998-01-19', '1998-02-16'],
  },
  {
    name: 'monthly on the third-to-the-last day, forever',
    start: '19970928T090000',
    rules: ['FREQ=MONTHLY;BYMONTHDAY=-3'],
    expected: ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29', '1998-01-29', '1998-02-26'],
    endless: true,
  },
  {
    name: 'monthly on the 2nd and 15th for 10 occurrences',
    start: first,
    rules: ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15'],
    expected: [
      ...['1997-09-02', '1997-09-15', '1997-10-02', '1997-10-15', '1997-11-02'],
      ...['1997-11-15', '1997-12-02', '1997-12-15', '1998-01-02', '1998-01-15'],
    ],
  },
  {
    name: 'monthly on the first and last day for 10 occurrences',
    start: '19970930T090000',
    rules: ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1'],
    expected: [
      ...['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01', '1997-11-30'],
      ...['1997-12-01', '1997-12-31', '1998-01-01', '1998-01-31', '1998-02-01'],
    ],
  },
  {
    name: 'every 18 months on the 10th through 15th for 10 occurrences',
    start: '19970910T090000',
    rules: ['FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15'],
    expected: [...days('1997-09-10', '1997-09-15'), ...days('1999-03-10', '1999-03-13')],
  },
  {
    name: 'every Tuesday, every other month',
    start: first,
    rules: ['FREQ=MONTHLY;INTERVAL=2;BYDAY=TU'],
    expected: [
      ...each('1997-09', 2, 9, 16, 23, 30),
      ...each('1997-11', 4, 11, 18, 25),
      ...each('1998-01', 6, 13, 20, 27),
      ...each('1998-03', 3, 10, 17, 24, 31),
    ],
    endless: true,
  },
  {
    name: 'yearly in June and July for 10 occurrences',
    start: '19970610T090000',
    rules: ['FREQ=YEARLY;COUNT=10;BYMONTH=6,7'],
    expected: [1997, 1998, 1999, 2000, 2001].flatMap((year) => [`${year}-06-10`, `${year}-07-10`]),
  },
  {
    name: 'every other year on January, February and March for 10 occurrences',
    start: '19970310T090000',
    rules: ['FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3'],
    expected: ['1997-03-10', ...[1999, 2001, 2003].flatMap((year) => [`${year}-01-10`, `${year}-02-10`, `${year}-03-10`])],
  },
  {
    name: 'every third year on the 1st, 100th and 200th day for 10 occurrences',
    start: '19970101T090000',
    rules: ['FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200'],
    expected: [
      ...['1997-01-01', '1997-04-10', '1997-07-19', '2000-01-01', '2000-04-09'],
      ...['2000-07-18', '2003-01-01', '2003-04-10', '2003-07-19', '2006-01-01'],
    ],
  },
  {
    name: 'every 20th Monday of the year, forever',
    start: '19970519T090000',
    rules: ['FREQ=YEARLY;BYDAY=20MO'],
    expected: ['1997-05-19', '1998-05-18', '1999-05-17'],
    endless: true,
  },
  {
    name: 'Monday of week number 20, forever',
    start: '19970512T090000',
    rules: ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'],
    expected: ['1997-05-12', '1998-05-11', '1999-05-17'],
    endless: true,
  },
  {
    name: 'every Thursday in March, forever',
    start: '19970313T090000',
    rules: ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH'],
    expected: [...each('1997-03', 13, 20, 27), ...each('1998-03', 5, 12, 19, 26), ...each('1999-03', 4, 11, 18, 25)],
    endless: true,
  },
  {
    name: 'every Thursday, but only during June, July and August, forever',
    start: '19970605T090000',
    rules: ['FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8'],
    expected: [...days('1997-06-05', '1997-08-28', 7), ...days('1998-06-04', '1998-08-27', 7), ...days('1999-06-03', '1999-08-26', 7)],
    endless: true,
  },
  {
    name: 'every Friday the 13th, forever',
    start: first,
    rules: ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'],
    excluded: first,
    expected: ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13', '2000-10-13'],
    endless: true,
  },
  {
    name: 'the first Saturday that follows the first Sunday of the month, forever',
    start: '19970913T090000',
    rules: ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13'],
    expected: [
      ...['1997-09-13', '1997-10-11', '1997-11-08', '1997-12-13', '1998-01-10'],
      ...['1998-02-07', '1998-03-07', '1998-04-11', '1998-05-09', '1998-06-13'],
    ],
    endless: true,
  },
  {
    name: 'every 4 years, the first Tuesday after a Monday in November, forever',
    start: '19961105T090000',
    rules: ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8'],
    expected: ['1996-11-05', '2000-11-07', '2004-11-02'],
    endless: true,
  },
  {
    name: 'the third instance of Tuesday, Wednesday or Thursday in the month, for 3 months',
    start: '19970904T090000',
    rules: ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3'],
    expected: ['1997-09-04', '1997-10-07', '1997-11-06'],
  },
  {
    name: 'the second-to-last weekday of the month',
    start: '19970929T090000',
    rules: ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2'],
    expected: ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30', '1998-01-29', '1998-02-26', '1998-03-30'],
    endless: true,
  },
  {
    // As printed, UNTIL=19970902T170000Z is one in the afternoon in New York; the erratum ends it at 210000Z, which is five.
    name: 'every 3 hours from nine to five on one day',
    start: first,
    rules: ['FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z'],
    expected: ['1997-09-02 09:00', '1997-09-02 12:00', '1997-09-02 15:00'],
  },
  {
    name: 'every 15 minutes for 6 occurrences',
    start: first,
    rules: ['FREQ=MINUTELY;INTERVAL=15;COUNT=6'],
    expected: times('1997-09-02', 540, 615, 15),
  },
  {
    name: 'every hour and a half for 4 occurrences',
    start: first,
    rules: ['FREQ=MINUTELY;INTERVAL=90;COUNT=4'],
    expected: times('1997-09-02', 540, 810, 90),
  },
  {
    name: 'every 20 minutes from nine to twenty to five, every day',
    start: first,
    rules: ['FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40', 'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16'],
    expected: twentyMinutes,
    endless: true,
  },
  {
    name: 'every other week on Tuesday and Sunday, weeks beginning on Monday',
    start: '19970805T090000',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO'],
    expected: ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
  },
  {
    name: 'every other week on Tuesday and Sunday, weeks beginning on Sunday',
    start: '19970805T090000',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU'],
    expected: ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
  },
  {
    name: 'the 15th and 30th, where February has no 30th',
    start: '20070115T090000',
    rules: ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5'],
    expected: ['2007-01-15', '2007-01-30', '2007-02-15', '2007-03-15', '2007-03-30'],
  },
];
