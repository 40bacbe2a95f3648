// The texts of one language that everybody needs, gathered so that they load as one file.
import account from './account.json';
import app from './app.json';
import attendance from './attendance.json';
import check from './check.json';
import course from './course.json';
import identity from './identity.json';
import live from './live.json';
import media from './media.json';
import notification from './notification.json';
import reasons from './reasons.json';
import refusals from './refusals.json';
import room from './room.json';
import shares from './shares.json';
import timetable from './timetable.json';
import trouble from './trouble.json';

const texts = {
  ...account,
  ...app,
  ...attendance,
  ...check,
  ...course,
  ...identity,
  ...live,
  ...media,
  ...notification,
  ...reasons,
  ...refusals,
  ...room,
  ...shares,
  ...timetable,
  ...trouble,
};

export default texts;
