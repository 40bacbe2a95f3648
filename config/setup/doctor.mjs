// npm run doctor: looks at the settings, the machine and the server that runs, and says what is broken and how it is mended. Changes nothing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { productNode, root } from './paths.mjs';
import { asJson, asText } from './report.mjs';
import { runInForeground } from './run.mjs';

const args = process.argv.slice(2);
const node = productNode();
// The set-up itself is what is broken: nothing of the product can be loaded, and nothing is installed by looking.
if (!node || !existsSync(join(root, 'node_modules', 'kysely'))) {
  const todo = 'Run npm run setup in the folder of the code, as a user who may install there; then look again.';
  const findings = /** @type {const} */ ([{ check: 'set-up', state: 'broken', found: 'The node modules are not installed', todo }]);
  process.stdout.write(args.includes('--json') ? asJson(findings) : asText(findings));
  process.exitCode = 1;
} else {
  // What this machine trusts, the doctor trusts: a university may have an authority of its own.
  process.exitCode = await runInForeground(node, ['--use-system-ca', join(root, 'server', 'app-doctor.ts'), ...args], { cwd: root });
}
