// The verbs and activity types of our xAPI statements, by the Virtual Classroom profile (https://w3id.org/xapi/virtual-classroom) and the vocabularies that it takes up.

export const profile = 'https://w3id.org/xapi/virtual-classroom';

export const verbs = {
  initialized: verb('http://adlnet.gov/expapi/verbs/initialized', 'lesson opened', 'Занятие открыто', 'Сабақ ашылды'),
  terminated: verb('http://adlnet.gov/expapi/verbs/terminated', 'lesson closed', 'Занятие закрыто', 'Сабақ жабылды'),
  joined: verb('http://activitystrea.ms/join', 'joined', 'Вход в занятие', 'Сабаққа қосылды'),
  left: verb('http://activitystrea.ms/leave', 'left', 'Выход из занятия', 'Сабақтан шықты'),
  reacted: verb(`${profile}/verbs/reacted`, 'raised hand', 'Поднята рука', 'Қол көтерді'),
  unreacted: verb(`${profile}/verbs/unreacted`, 'lowered hand', 'Опущена рука', 'Қолын түсірді'),
  posted: verb('https://w3id.org/xapi/acrossx/verbs/posted', 'posted a message', 'Отправлено сообщение', 'Хабарлама жіберді'),
  asked: verb('http://adlnet.gov/expapi/verbs/asked', 'asked', 'Задан вопрос', 'Сұрақ қойды'),
  answered: verb('http://adlnet.gov/expapi/verbs/answered', 'answered', 'Дан ответ', 'Жауап берді'),
  started: verb('http://activitystrea.ms/start', 'started', 'Включено', 'Қосты'),
  stopped: verb(`${profile}/verbs/stopped`, 'stopped', 'Выключено', 'Өшірді'),
  shared: verb('http://activitystrea.ms/share', 'shared the screen', 'Начат показ экрана', 'Экранын көрсете бастады'),
  unshared: verb('http://activitystrea.ms/unshare', 'stopped sharing the screen', 'Показ экрана прекращён', 'Экранын көрсетуді тоқтатты'),
  experienced: verb('http://adlnet.gov/expapi/verbs/experienced', 'watched', 'Просмотрено', 'Көрді'),
  scored: verb('http://adlnet.gov/expapi/verbs/scored', 'was marked in the register', 'Отмечено в журнале', 'Журналда белгіленді'),
} as const;

function verb(id: string, en: string, ru: string, kk: string) {
  return { id, display: { en, ru, kk } };
}

export const activityTypes = {
  lesson: `${profile}/activity-types/virtual-classroom`,
  camera: `${profile}/activity-types/camera`,
  microphone: `${profile}/activity-types/micro`,
  screen: `${profile}/activity-types/screen`,
  message: 'https://w3id.org/xapi/acrossx/activities/message',
  question: 'http://adlnet.gov/expapi/activities/cmi.interaction',
  recording: 'https://w3id.org/xapi/video/activity-type/video',
  course: 'http://adlnet.gov/expapi/activities/course',
  group: 'http://activitystrea.ms/schema/1.0/group',
  profile: 'http://adlnet.gov/expapi/activities/profile',
} as const;

export const extensions = {
  session: 'https://w3id.org/xapi/cmi5/context/extensions/sessionid',
  plannedDuration: 'http://id.tincanapi.com/extension/planned-duration',
  emoji: `${profile}/extensions/emoji`,
  playedSegments: 'https://w3id.org/xapi/video/extensions/played-segments',
} as const;
