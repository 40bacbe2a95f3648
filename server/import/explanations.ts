// What the template says of each column, in Kazakh, Russian and English: the document that offices fill their tables in by.
import type { ImportTable } from '../contract/import.ts';

export type Explained = readonly [kk: string, ru: string, en: string];

const id: Explained = [
  'Сіздің жүйеңіздегі тұрақты код. Осы код арқылы жол қайта табылады, сондықтан оны өзгертпеңіз.',
  'Постоянный код в вашей системе. По нему строка находится снова, поэтому не меняйте его.',
  'Lasting code in your own system. The row is found again by it, so never change it.',
];
const refTo = (kk: string, ru: string, en: string): Explained => [
  `«${kk}» парағындағы код`,
  `Код с листа «${ru}»`,
  `Id from the sheet “${en}”`,
];
const faculty = refTo('Факультеттер', 'Факультеты', 'faculties');
const course = refTo('Пәндер', 'Дисциплины', 'courses');
const teacher = refTo('Адамдар', 'Люди', 'people');
const groups: Explained = ['Топ кодтары, үтірмен бөлінеді', 'Коды групп через запятую', 'Ids of groups, separated by commas'];
const place = refTo('Аудиториялар', 'Аудитории', 'places');
const name: Explained = ['Атауы', 'Название', 'Name'];
const kind: Explained = [
  'дәріс, семинар, зертханалық сабақ, ОБСӨЖ, кеңес, емтихан, қорғау, куратор сағаты, жиналыс, конференция, іс-шара',
  'лекция, семинар, лабораторная, СРСП, консультация, экзамен, защита, кураторский час, собрание, конференция, мероприятие',
  'lecture, seminar, laboratory, guided-study, consultation, examination, defence, curator-hour, meeting, conference, public-event',
];
const mode: Explained = ['онлайн, аралас немесе аудиторияда', 'онлайн, смешанно или очно', 'online, hybrid or on-site'];
const title: Explained = [
  'Тақырыбы; бос болса, пәннің атауы',
  'Тема; если пусто, название дисциплины',
  'Title; empty: the title of the course',
];
const starts: Explained = ['Басталу уақыты: 08:00', 'Время начала: 08:00', 'Beginning: 08:00'];
const ends: Explained = ['Аяқталу уақыты: 08:50', 'Время окончания: 08:50', 'End: 08:50'];
const day = (kk: string, ru: string, en: string): Explained => [`${kk}: 01.09.2026`, `${ru}: 01.09.2026`, `${en}: 2026-09-01`];

export const explanations: { readonly [T in ImportTable]: Readonly<Record<string, Explained>> } = {
  faculties: { id, name },
  departments: { id, faculty, name },
  programmes: {
    ...{ id, faculty, name },
    department: refTo('Кафедралар', 'Кафедры', 'departments'),
    code: ['Бағдарлама шифры, мысалы 6B06101', 'Шифр программы, например 6B06101', 'Code of the programme, like 6B06101'],
    field: [
      'Білім беру саласы латын әріптерімен; қашықтан оқыту үлесі осыған байланысты, мысалы general, law, health',
      'Область образования латиницей; от неё зависит доля дистанционного обучения, например general, law, health',
      'Field of study; the share of distance teaching depends on it: general, law, health and so on',
    ],
  },
  groups: { id, faculty, name, programme: refTo('Бағдарламалар', 'Программы', 'programmes') },
  people: {
    ...{ id, groups },
    name: ['Тегі, аты, әкесінің аты', 'Фамилия, имя, отчество', 'Full name'],
    roles: [
      'студент, оқытушы, көмекші; үтірмен бөлінеді',
      'студент, преподаватель, ассистент; через запятую',
      'student, teacher, assistant; separated by commas',
    ],
    email: ['Электрондық пошта', 'Электронная почта', 'E-mail address'],
    language: ['kk, ru немесе en', 'kk, ru или en', 'kk, ru or en'],
    signInName: [
      'Логин, тек жаңа тіркелгі үшін; бос болса, код қолданылады',
      'Логин, только для новой учётной записи; если пусто, используется код',
      'Sign-in name, only of a new account; empty: the id',
    ],
  },
  streams: { id, faculty, name, groups },
  places: {
    ...{ id, name },
    building: ['Ғимарат', 'Корпус', 'Building'],
    capacity: ['Орын саны', 'Число мест', 'Number of seats'],
  },
  courses: {
    ...{ id, faculty, title: name },
    department: refTo('Кафедралар', 'Кафедры', 'departments'),
    code: ['Пән шифры', 'Шифр дисциплины', 'Code of the course'],
    credits: ['Кредит саны', 'Число кредитов', 'Credits'],
    hours: ['Жоспардағы сағат саны', 'Часов по плану', 'Hours by the curriculum'],
  },
  enrolments: {
    ...{ course, person: teacher },
    role: ['студент (топтарынан бөлек) немесе көмекші', 'студент (помимо групп) или ассистент', 'student (beside the groups) or assistant'],
  },
  terms: {
    ...{ id, name },
    year: ['Оқу жылы: 2026/2027', 'Учебный год: 2026/2027', 'Academic year: 2026/2027'],
    startsOn: day('Бірінші күні', 'Первый день', 'First day'),
    endsOn: day('Соңғы күні', 'Последний день', 'Last day'),
  },
  bells: {
    ...{ name, startsAt: starts, endsAt: ends },
    schedule: [
      'Қоңырау кестесінің коды; әр қоңырау бөлек жолда',
      'Код расписания звонков; каждый звонок в своей строке',
      'Id of the bell schedule; one row for each bell',
    ],
    number: ['Нөмірі: 1, 2, 3…', 'Номер: 1, 2, 3…', 'Number: 1, 2, 3…'],
  },
  series: {
    ...{ id, course, kind, title, teacher, groups, place, mode },
    term: refTo('Семестрлер', 'Семестры', 'terms'),
    streams: ['Ағым кодтары, үтірмен бөлінеді', 'Коды потоков через запятую', 'Ids of streams, separated by commas'],
    weekday: ['Апта күні: дс, сс… немесе 1–7', 'День недели: пн, вт… или 1–7', 'Day of the week: Mon, Tue… or 1–7'],
    weeks: [
      'әр апта, тақ, жұп немесе апта нөмірлері: 1, 3, 5-9; бос болса, әр апта',
      'каждая, нечётная, чётная или номера недель: 1, 3, 5-9; если пусто, каждая',
      'every, odd, even, or numbers of weeks: 1, 3, 5-9; empty: every',
    ],
    schedule: [
      'Қоңырау кестесінің коды; бос болса, негізгі кесте',
      'Код расписания звонков; если пусто, основное',
      'Id of the bell schedule; empty: the usual one',
    ],
    bell: [
      'Қоңырау нөмірі: 3, қос сабақ үшін 3-4. Не осы, не басталу мен аяқталу уақыты',
      'Номер звонка: 3, для пары 3-4. Либо он, либо время начала и окончания',
      'Number of the bell: 3, or 3-4 for a double lesson. Either this, or beginning and end',
    ],
    startsAt: starts,
    endsAt: ends,
    from: day(
      'Қай күннен; бос болса, семестр басынан',
      'С какого дня; если пусто, с начала семестра',
      'From this day; empty: from the beginning of the term',
    ),
    until: day(
      'Қай күнге дейін; бос болса, семестр соңына дейін',
      'По какой день; если пусто, до конца семестра',
      'To this day; empty: to the end of the term',
    ),
  },
  lessons: {
    ...{ id, course, kind, title, teacher, groups, place, mode, startsAt: starts, endsAt: ends },
    date: day('Күні', 'Дата', 'Day'),
    cancelled: ['Сабақ болмаса, «иә»', '«Да», если занятия не будет', '“yes” when it is cancelled'],
  },
};
