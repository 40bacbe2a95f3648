// How what the doctor found is told: lines for people, or JSON for machines.

/**
 * @typedef {{ check: string, state: 'ok', found: string }
 *   | { check: string, state: 'warning' | 'broken', found: string, todo: string }} Examined
 */

const NAME_WIDTH = 12;
const STATE_WIDTH = 8;

/** @param {readonly Examined[]} all @param {Examined['state']} state */
const count = (all, state) => all.filter((each) => each.state === state).length;

/** @param {readonly Examined[]} all */
export function asText(all) {
  const broken = count(all, 'broken');
  const warnings = count(all, 'warning');
  const told = broken === 0 ? 'Nothing is broken' : `${broken} ${broken === 1 ? 'is' : 'are'} broken`;
  const warned = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return `${all.map(line).join('\n')}\n\n${told}${warned}, of ${all.length} looked at.\n`;
}

/** @param {Examined} each */
function line(each) {
  const head = `${each.state.padEnd(STATE_WIDTH)} ${each.check.padEnd(NAME_WIDTH)} `;
  return each.state === 'ok' ? `${head}${each.found}` : `${head}${each.found}\n${' '.repeat(head.length)}→ ${each.todo}`;
}

/** @param {readonly Examined[]} all */
export function asJson(all) {
  const broken = count(all, 'broken');
  return `${JSON.stringify({ ok: broken === 0, broken, warnings: count(all, 'warning'), findings: all }, null, 2)}\n`;
}

/** @param {readonly Examined[]} all */
export function exitCodeOf(all) {
  return count(all, 'broken') === 0 ? 0 : 1;
}
