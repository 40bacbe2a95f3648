// The texts of one language for the pages of administrators, coordinators and observers: students never load them.
import audit from './audit.json';
import calendar from './calendar.json';
import capacity from './capacity.json';
import excusals from './excusals.json';
import imports from './import.json';
import keys from './keys.json';
import people from './people.json';
import recorded from './recorded.json';
import records from './records.json';
import reports from './reports.json';
import rules from './rules.json';
import series from './series.json';
import status from './status.json';
import storage from './storage.json';
import university from './university.json';

const texts = {
  ...audit,
  ...calendar,
  ...capacity,
  ...excusals,
  ...imports,
  ...keys,
  ...people,
  ...recorded,
  ...records,
  ...reports,
  ...rules,
  ...series,
  ...status,
  ...storage,
  ...university,
};

export default texts;
