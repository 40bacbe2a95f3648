// The people of the demo university.
import type { z } from 'zod';
import type { Language, Role } from '../contract/identity.ts';

export interface DemoPerson {
  readonly signInName: string;
  readonly displayName: string;
  readonly role: z.infer<typeof Role>;
  /** Null lets the browser decide. */
  readonly language: z.infer<typeof Language> | null;
  /** Teachers who only fill the timetable cannot sign in. */
  readonly signsIn: boolean;
  readonly group: string | null;
}

const staff = (signInName: string, displayName: string, role: DemoPerson['role'], language: DemoPerson['language']): DemoPerson => ({
  signInName,
  displayName,
  role,
  language,
  signsIn: true,
  group: null,
});

const lecturer = (signInName: string, displayName: string): DemoPerson => ({
  ...staff(signInName, displayName, 'teacher', null),
  signsIn: false,
});

/** In the order in which they become student1, student2 …; six to a group. */
const studentNames = [
  'Әбдіқадырова Аружан',
  'Бондаренко Алексей',
  'Ғалымова Мөлдір',
  'Дүйсенбаев Ерасыл',
  'Зайцева Мария',
  'Қожахметов Санжар',
  'Әлімжанов Нұрсұлтан',
  'Ермекова Гауһар',
  'Жаңабаев Бекзат',
  'Иванова Екатерина',
  'Мұқанова Томирис',
  'Өмірзақова Ұлжан',
  'Байжанов Ескендір',
  'Жақсылықов Тимур',
  'Ілиясова Інжу',
  'Королёв Дмитрий',
  'Пак Виктория',
  'Үсенова Қарлығаш',
  'Қасымова Дина',
  'Нұрланов Жиһангер',
  'Ошақбаев Диас',
  'Сәрсенов Мирас',
  'Ткаченко Артём',
  'Тілеуова Үміт',
];

export const demoGroups = ['ИС-23-1', 'ИС-23-2', 'ВТ-23-1', 'ПИ-23-1'] as const;
const groupSize = studentNames.length / demoGroups.length;
const studentLanguages = ['kk', 'ru', null, 'kk', null, 'en'] as const;

export const demoPeople: readonly DemoPerson[] = [
  staff('admin', 'Өтегенов Ержан Қайратұлы', 'administrator', 'ru'),
  staff('coordinator', 'Ким Светлана Викторовна', 'coordinator', 'ru'),
  staff('observer', 'Ғабитов Нұрлан Серікұлы', 'observer', 'kk'),
  staff('teacher', 'Сейітова Айгүл Төлегенқызы', 'teacher', null),
  staff('assistant', 'Жұмабекұлы Әлихан', 'assistant', 'kk'),
  ...studentNames.map((displayName, index) => ({
    signInName: `student${index + 1}`,
    displayName,
    role: 'student' as const,
    language: studentLanguages[index % studentLanguages.length] ?? null,
    signsIn: true,
    group: demoGroups[Math.floor(index / groupSize)] ?? null,
  })),
  lecturer('a.petrov', 'Петров Андрей Николаевич'),
  lecturer('g.yskakova', 'Ысқақова Гүлнар Маратқызы'),
  lecturer('d.akhmetov', 'Ахметов Дәурен Бекболатұлы'),
  lecturer('o.smirnova', 'Смирнова Ольга Павловна'),
  lecturer('j.brown', 'Brown James'),
];
