// The people of the demo university as they are seen in class.
export const teacherName = 'Сейітова Айгүл Төлегенқызы';
export const studentNames = ['Әбдіқадырова Аружан', 'Бондаренко Алексей', 'Ғалымова Мөлдір'] as const;
