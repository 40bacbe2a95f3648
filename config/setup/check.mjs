// npm run check: runs the checks and says how many hold.
import { runChecks } from './checks.mjs';
import { addUp, closingLine } from './results.mjs';
import { setUp } from './setup.mjs';

const { node } = await setUp('check');
const result = addUp(await runChecks(node));
console.log(closingLine(result));
process.exitCode = result.failed === 0 ? 0 : 1;
