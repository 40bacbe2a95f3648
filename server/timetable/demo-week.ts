// The demo university's courses and the week that repeats: which class is held on which bell.
import type { LessonKind } from '../contract/timetable.ts';

export interface DemoCourse {
  readonly code: string;
  readonly title: string;
  /** Sign-in name. */
  readonly teacher: string;
  readonly department: (typeof demoDepartments)[number];
  readonly credits: number;
}

export const demoFaculty = 'Ақпараттық технологиялар факультеті';

export const demoDepartments = ['Бағдарламалық инженерия кафедрасы', 'Жалпы білім беру пәндері кафедрасы'] as const;
export const demoProgrammes = [
  { code: '6B06101', name: 'Ақпараттық жүйелер' },
  { code: '6B06102', name: 'Вычислительная техника и программное обеспечение' },
  { code: '6B06103', name: 'Software Engineering' },
] as const;
/** By the first letters of the group's name. */
export const programmeOfGroup: Readonly<Record<string, string>> = { ИС: '6B06101', ВТ: '6B06102', ПИ: '6B06103' };
/** All groups together. */
export const demoStream = 'АТ-23 ағымы';

export const demoPlaces = {
  hall: { building: 'Бас ғимарат', name: '101', capacity: 120 },
  first: { building: 'Бас ғимарат', name: '214', capacity: 30 },
  second: { building: 'Бас ғимарат', name: '215', capacity: 30 },
} as const;
export type DemoPlaceKey = keyof typeof demoPlaces;

export const demoCourses = {
  algorithms: {
    code: 'CSE2101',
    title: 'Алгоритмдер және деректер құрылымы',
    teacher: 'teacher',
    department: demoDepartments[0],
    credits: 6,
  },
  databases: { code: 'CSE2203', title: 'Базы данных', teacher: 'a.petrov', department: demoDepartments[0], credits: 5 },
  networks: { code: 'CSE2305', title: 'Computer Networks', teacher: 'j.brown', department: demoDepartments[0], credits: 5 },
  systems: { code: 'CSE2207', title: 'Операционные системы', teacher: 'o.smirnova', department: demoDepartments[0], credits: 5 },
  algebra: { code: 'MAT1202', title: 'Сызықтық алгебра', teacher: 'g.yskakova', department: demoDepartments[1], credits: 5 },
  english: { code: 'LAN1104', title: 'Academic English', teacher: 'j.brown', department: demoDepartments[1], credits: 5 },
  history: { code: 'HIS1101', title: 'История Казахстана', teacher: 'd.akhmetov', department: demoDepartments[1], credits: 5 },
  curator: { code: 'CUR2300', title: 'Куратор сағаты', teacher: 'teacher', department: demoDepartments[0], credits: 0 },
  research: { code: 'SCI2300', title: 'Студенттік ғылыми үйірме', teacher: 'g.yskakova', department: demoDepartments[1], credits: 0 },
} satisfies Record<string, DemoCourse>;
export type DemoCourseKey = keyof typeof demoCourses;

const everybody = ['ИС-23-1', 'ИС-23-2', 'ВТ-23-1', 'ПИ-23-1'] as const;
const first = ['ИС-23-1', 'ИС-23-2'] as const;
const second = ['ВТ-23-1', 'ПИ-23-1'] as const;

export interface DemoSlot {
  /** 1 is Monday. */
  readonly weekday: number;
  /** The bell: classes begin on the hour and last 50 minutes. */
  readonly hour: number;
  readonly course: DemoCourseKey;
  readonly kind: LessonKind;
  readonly groups: readonly string[];
  /** Of odd weeks and of even ones. */
  readonly titles: readonly [string, string];
}

const at =
  (weekday: number) =>
  (hour: number, course: DemoCourseKey, kind: LessonKind, groups: readonly string[], ...titles: [string, string]): DemoSlot => ({
    weekday,
    hour,
    course,
    kind,
    groups,
    titles,
  });
const [monday, tuesday, wednesday, thursday, friday, saturday] = [at(1), at(2), at(3), at(4), at(5), at(6)];

export const demoWeek: readonly DemoSlot[] = [
  monday(8, 'algebra', 'lecture', everybody, 'Векторлық кеңістіктер', 'Сызықтық түрлендірулер'),
  monday(9, 'algorithms', 'lecture', everybody, 'Теңгерілген іздеу ағаштары', 'Хеш-кестелер'),
  monday(10, 'databases', 'lecture', everybody, 'Нормальные формы', 'Транзакции и блокировки'),
  monday(11, 'algorithms', 'laboratory', first, '5-зертхана: екілік ағаштар', '6-зертхана: хештеу'),
  monday(11, 'databases', 'laboratory', second, 'Лабораторная 4: соединения таблиц', 'Лабораторная 5: группировка'),
  monday(12, 'databases', 'laboratory', first, 'Лабораторная 4: соединения таблиц', 'Лабораторная 5: группировка'),
  monday(12, 'algorithms', 'laboratory', second, '5-зертхана: екілік ағаштар', '6-зертхана: хештеу'),
  tuesday(9, 'networks', 'lecture', everybody, 'The Transport Layer', 'Routing Protocols'),
  tuesday(10, 'systems', 'seminar', first, 'Планирование процессов', 'Виртуальная память'),
  tuesday(10, 'english', 'seminar', second, 'Writing an Abstract', 'Describing Data'),
  tuesday(11, 'english', 'seminar', first, 'Writing an Abstract', 'Describing Data'),
  tuesday(11, 'systems', 'seminar', second, 'Планирование процессов', 'Виртуальная память'),
  tuesday(14, 'algorithms', 'guided-study', everybody, 'СӨЖ: курстық жұмыстың тақырыбы', 'СӨЖ: курстық жұмыстың жоспары'),
  wednesday(8, 'history', 'lecture', everybody, 'Казахское ханство в XVI веке', 'Казахстан в XVIII веке'),
  wednesday(9, 'algorithms', 'seminar', first, 'Іздеу ағаштары: есептер', 'Хештеу: есептер'),
  wednesday(9, 'algebra', 'seminar', second, 'Базис және өлшем', 'Меншікті мәндер'),
  wednesday(10, 'algebra', 'seminar', first, 'Базис және өлшем', 'Меншікті мәндер'),
  wednesday(10, 'algorithms', 'seminar', second, 'Іздеу ағаштары: есептер', 'Хештеу: есептер'),
  wednesday(12, 'curator', 'curator-hour', everybody, 'Академиялық адалдық', 'Аралық бақылауға дайындық'),
  thursday(9, 'systems', 'lecture', everybody, 'Файловые системы', 'Ввод и вывод'),
  thursday(10, 'networks', 'laboratory', first, 'Lab 3: TCP in Practice', 'Lab 4: Subnets'),
  thursday(11, 'networks', 'laboratory', second, 'Lab 3: TCP in Practice', 'Lab 4: Subnets'),
  thursday(15, 'algorithms', 'consultation', everybody, 'Емтихан алдындағы кеңес', 'Курстық жұмыс бойынша кеңес'),
  friday(9, 'algebra', 'lecture', everybody, 'Квадраттық формалар', 'Евклид кеңістіктері'),
  friday(10, 'algorithms', 'lecture', everybody, 'Графтар және олардың берілуі', 'Ең қысқа жолдар'),
  friday(11, 'history', 'seminar', first, 'Источники по истории ханства', 'Реформы XIX века'),
  friday(12, 'history', 'seminar', second, 'Источники по истории ханства', 'Реформы XIX века'),
  saturday(9, 'english', 'seminar', first, 'Giving a Talk', 'Asking Questions'),
  saturday(10, 'english', 'seminar', second, 'Giving a Talk', 'Asking Questions'),
  saturday(11, 'research', 'conference', everybody, 'Жас ғалымдар конференциясы', 'Үйірме отырысы'),
];
