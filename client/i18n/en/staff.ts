// The texts of one language for the pages of administrators, coordinators and observers: students never load them.
import audit from './audit.json';
import calendar from './calendar.json';
import imports from './import.json';
import keys from './keys.json';
import people from './people.json';
import series from './series.json';
import status from './status.json';
import university from './university.json';

const texts = {
  ...audit,
  ...calendar,
  ...imports,
  ...keys,
  ...people,
  ...series,
  ...status,
  ...university,
};

export default texts;
