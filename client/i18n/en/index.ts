// All texts of one language, gathered so that they load as one file.
import account from './account.json';
import app from './app.json';
import attendance from './attendance.json';
import audit from './audit.json';
import calendar from './calendar.json';
import course from './course.json';
import identity from './identity.json';
import imports from './import.json';
import keys from './keys.json';
import media from './media.json';
import notification from './notification.json';
import people from './people.json';
import reasons from './reasons.json';
import recording from './recording.json';
import refusals from './refusals.json';
import room from './room.json';
import series from './series.json';
import shares from './shares.json';
import status from './status.json';
import timetable from './timetable.json';
import university from './university.json';

const texts = {
  ...account,
  ...app,
  ...attendance,
  ...audit,
  ...calendar,
  ...course,
  ...identity,
  ...imports,
  ...keys,
  ...media,
  ...notification,
  ...people,
  ...reasons,
  ...recording,
  ...refusals,
  ...room,
  ...series,
  ...shares,
  ...status,
  ...timetable,
  ...university,
};

export default texts;
