// Writes example.yaml from the schema; with --check, only says whether it is in step.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Leaf, settings } from './leaves.ts';

const path = join(import.meta.dirname, 'example.yaml');

const HEAD = `# All settings with their defaults. Made from config/schema.ts by config/example.ts.
# Copy to auditoria.yaml in the folder where the server is started (or name the file in AUDITORIA_CONFIG),
# and take the # away before what you change. Each can be given by an environment variable instead, which goes first;
# lists are then divided by commas.
`;

const WIDTH = 110;

function wrapped(text: string, indent: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length + 1 > WIDTH - indent.length) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => `${indent}# ${line}\n`).join('');
}

function entry(leaf: Leaf, indent: string): string {
  const value = stringify(leaf.default, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return `${wrapped(`${leaf.sentence} [${leaf.variable}]`, indent)}${indent}#${leaf.path.at(-1)}: ${value}\n`;
}

export function exampleText(): string {
  const { single, groups } = settings();
  const singles = single.map((leaf) => `\n${entry(leaf, '')}`).join('');
  const grouped = groups
    .map((group) => `\n${wrapped(group.sentence, '')}${group.key}:\n${group.leaves.map((leaf) => entry(leaf, '  ')).join('\n')}`)
    .join('');
  return `${HEAD}${singles}${grouped}`;
}

if (import.meta.main) {
  const wanted = exampleText();
  if (!process.argv.includes('--check')) writeFileSync(path, wanted);
  else if (readFileSync(path, 'utf8') !== wanted) {
    process.stderr.write('config/example.yaml is not in step with config/schema.ts. Run: node config/example.ts\n');
    process.exitCode = 1;
  }
}
