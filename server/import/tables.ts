// The tables that a file may hold: their names, and the columns of each. The template and every reader are made from this.
import type { ImportTable } from '../contract/import.ts';
import { type Column, date, email, id, integer, language, list, needed, optional, signInName, text, time } from './columns.ts';
import { bells, enrolmentRole, type ImportRole, kind, mode, roles, weekday, weeks, yesNo } from './words.ts';

const own = needed(id, '', 'Код', 'Коды', 'ИД', 'Идентификатор', 'Сәйкестендіргіш');
const ref = (...names: string[]) => needed(id, '', ...names);
const maybe = (...names: string[]) => optional(id, ...names);
const name = (most: number) => needed(text(most), '', 'Название', 'Атауы', 'Наименование');
const field = (cell: Parameters<typeof id>[0]) => text(40)(cell);

const FACULTY = ['Факультет', 'Факультеті'] as const;
const DEPARTMENT = ['Кафедра', 'Кафедрасы'] as const;
const COURSE = ['Дисциплина', 'Пән', 'Курс'] as const;
const TEACHER = ['Преподаватель', 'Оқытушы'] as const;
const GROUPS = ['Группы', 'Топтар', 'Группа', 'Топ', 'group'] as const;
const PLACE = ['Аудитория', 'Аудиториясы'] as const;
const STARTS = ['Начало', 'Басталуы', 'start'] as const;
const ENDS = ['Конец', 'Аяқталуы', 'Окончание', 'end'] as const;

/** Names of sheets and files, beside the table's own. */
export const tableNames: Readonly<Record<ImportTable, readonly string[]>> = {
  faculties: ['Факультеты', 'Факультеттер'],
  departments: ['Кафедры', 'Кафедралар'],
  programmes: ['Программы', 'Бағдарламалар', 'Образовательные программы', 'Білім беру бағдарламалары'],
  groups: ['Группы', 'Топтар'],
  people: ['Люди', 'Адамдар', 'Контингент'],
  streams: ['Потоки', 'Ағымдар'],
  places: ['Аудитории', 'Аудиториялар'],
  courses: ['Дисциплины', 'Пәндер'],
  enrolments: ['Запись на дисциплины', 'Пәнге жазылу'],
  terms: ['Семестры', 'Семестрлер'],
  bells: ['Звонки', 'Қоңыраулар'],
  series: ['Расписание', 'Сабақ кестесі'],
  lessons: ['Занятия', 'Сабақтар'],
};

export const columnsOf = {
  faculties: { id: own, name: name(200) },
  departments: { id: own, faculty: ref(...FACULTY), name: name(200) },
  programmes: {
    id: own,
    faculty: ref(...FACULTY),
    department: maybe(...DEPARTMENT),
    code: needed(text(40), '', 'Шифр', 'Шифры'),
    name: name(200),
    field: needed(field, '', 'Область', 'Саласы', 'Область образования', 'Білім беру саласы'),
  },
  groups: { id: own, faculty: ref(...FACULTY), programme: maybe('Программа', 'Бағдарламасы'), name: name(80) },
  people: {
    id: own,
    name: needed(text(120), '', 'ФИО', 'Аты-жөні', 'Ф.И.О.', 'Т.А.Ә.'),
    roles: needed<readonly ImportRole[]>(roles, [], 'Роли', 'Рөлдері', 'Роль', 'Рөлі', 'role'),
    groups: list(20, false, ...GROUPS),
    email: optional(email, 'Почта', 'Поштасы', 'E-mail', 'Электронная почта', 'Электрондық поштасы'),
    language: optional(language, 'Язык', 'Тілі'),
    signInName: optional(signInName, 'Логин', 'Логині', 'login'),
  },
  streams: { id: own, faculty: ref(...FACULTY), name: name(80), groups: list(60, true, ...GROUPS) },
  places: {
    id: own,
    building: needed(text(80), '', 'Корпус', 'Ғимарат', 'Здание'),
    name: name(80),
    capacity: optional(integer(1, 20_000), 'Мест', 'Орын саны', 'Вместимость', 'Сыйымдылығы'),
  },
  courses: {
    id: own,
    faculty: ref(...FACULTY),
    department: maybe(...DEPARTMENT),
    code: needed(text(40), '', 'Шифр', 'Шифры'),
    title: needed(text(200), '', 'Название', 'Атауы', 'Наименование', 'name'),
    credits: optional(integer(0, 60), 'Кредиты', 'Кредиттер', 'Кредит'),
    hours: optional(integer(0, 2000), 'Часы', 'Сағаттар', 'Часов', 'Сағат саны'),
  },
  enrolments: {
    course: ref(...COURSE),
    person: ref('Человек', 'Адам', 'Студент'),
    role: needed<'student' | 'assistant'>(enrolmentRole, 'student', 'Роль', 'Рөлі'),
  },
  terms: {
    id: own,
    year: needed(text(40), '', 'Учебный год', 'Оқу жылы', 'Год', 'Жыл'),
    name: name(80),
    startsOn: needed(date, '', ...STARTS),
    endsOn: needed(date, '', ...ENDS),
  },
  bells: {
    schedule: needed(id, '', 'Код звонков', 'Қоңырау коды', 'Расписание звонков', 'Қоңырау кестесі', 'id'),
    name: optional(text(80), 'Название', 'Атауы', 'Наименование'),
    number: needed(integer(1, 20), 0, 'Номер', 'Нөмірі', 'Пара'),
    startsAt: needed(time, '', ...STARTS),
    endsAt: needed(time, '', ...ENDS),
  },
  series: {
    id: own,
    term: ref('Семестр', 'Семестрі'),
    course: ref(...COURSE),
    kind: needed(kind, 'lecture', 'Вид', 'Түрі', 'Вид занятия', 'Сабақ түрі', 'Тип'),
    title: optional(text(200), 'Тема', 'Тақырыбы', 'Название', 'Атауы'),
    teacher: ref(...TEACHER),
    groups: list(60, false, ...GROUPS),
    streams: list(20, false, 'Потоки', 'Ағымдар', 'Поток', 'Ағым', 'stream'),
    place: maybe(...PLACE),
    mode: optional(mode, 'Формат', 'Форматы', 'Форма', 'Нысаны'),
    weekday: needed(weekday, 0, 'День', 'Күні', 'День недели', 'Апта күні', 'day'),
    weeks: optional(weeks, 'Недели', 'Апталар', 'Неделя', 'Апта', 'week'),
    schedule: maybe('Код звонков', 'Қоңырау коды', 'Расписание звонков', 'Қоңырау кестесі'),
    bell: optional(bells, 'Пара', 'Сағат', 'Час', 'Номер пары', 'bells'),
    startsAt: optional(time, ...STARTS),
    endsAt: optional(time, ...ENDS),
    from: optional(date, 'С даты', 'Күнінен', 'С'),
    until: optional(date, 'По дату', 'Күніне дейін', 'По'),
  },
  lessons: {
    id: own,
    course: ref(...COURSE),
    kind: needed(kind, 'lecture', 'Вид', 'Түрі', 'Вид занятия', 'Сабақ түрі', 'Тип'),
    title: optional(text(200), 'Тема', 'Тақырыбы', 'Название', 'Атауы'),
    teacher: ref(...TEACHER),
    groups: list(60, false, ...GROUPS),
    place: maybe(...PLACE),
    mode: optional(mode, 'Формат', 'Форматы', 'Форма', 'Нысаны'),
    date: needed(date, '', 'Дата', 'Күні'),
    startsAt: needed(time, '', ...STARTS),
    endsAt: needed(time, '', ...ENDS),
    cancelled: optional(yesNo, 'Отменено', 'Болмайды', 'Отмена'),
  },
} as const satisfies Record<ImportTable, Readonly<Record<string, Column<unknown>>>>;

type Columns = typeof columnsOf;
/** A row with the values that it names: a column that the file does not have is not decided by it. */
export type ValuesOf<T extends ImportTable> = {
  readonly [K in keyof Columns[T]]?: Columns[T][K] extends Column<infer V> ? V : never;
};
