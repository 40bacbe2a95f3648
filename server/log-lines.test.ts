// Every line that the server can log is a sentence that says what happened to what, and each error says what the operator can do. Rule X20.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = import.meta.dirname;
const levels = ['error', 'warn', 'info', 'debug'];
/** They pass on what is logged. */
const carriers = ['#report', '#unattended'];

interface Line {
  readonly where: string;
  readonly level: string;
  readonly context: ts.Expression | undefined;
  readonly message: ts.Expression | undefined;
}

function sources(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing/'))
    .map((name) => join(root, name));
}

function linesOf(path: string): readonly Line[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Line[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const { expression, name } = node.expression;
    const carried = carriers.includes(name.text) ? node.arguments.find((one) => ts.isStringLiteralLike(one)) : undefined;
    if (carried !== undefined)
      found.push({ where: `${relative(root, path)}: ${name.text}`, level: 'warn', context: undefined, message: carried });
    if (!levels.includes(name.text) || !/(^|[.#])log$/.test(expression.getText())) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ where: `${relative(root, path)}:${line}`, level: name.text, context: node.arguments[0], message: node.arguments[1] });
  };
  visit(source);
  return found;
}

/** A name stands for a sentence that is written elsewhere: those are found as they are passed on. */
function textsOf(message: ts.Expression | undefined): readonly string[] {
  if (message === undefined) return [''];
  if (ts.isStringLiteralLike(message)) return [message.text];
  if (ts.isTemplateExpression(message)) return [`${message.head.text}…`];
  if (ts.isConditionalExpression(message)) return [message.whenTrue, message.whenFalse].flatMap(textsOf);
  return [];
}

function hasOwn(context: ts.Expression | undefined, name: string): boolean {
  return context !== undefined && ts.isObjectLiteralExpression(context) && context.properties.some((one) => one.name?.getText() === name);
}

/** What is spread, or made elsewhere, may carry it. */
function hasProperty(context: ts.Expression | undefined, name: string): boolean {
  if (context === undefined || !ts.isObjectLiteralExpression(context)) return context !== undefined;
  return hasOwn(context, name) || context.properties.some(ts.isSpreadAssignment);
}

const lines = sources().flatMap(linesOf);

test('X20 a line of the log says in a sentence what happened to what', () => {
  const faults = lines.flatMap(({ where, message }) =>
    textsOf(message)
      .filter((text) => !/^[A-Z]/.test(text) || text.split(' ').length < 3 || (/\.$/.test(text) && !/\. [A-Z]/.test(text)))
      .map((text) => `${where} ${text}`),
  );
  expect(faults).toEqual([]);
});

test('X20 a line that says error carries the error, from which its hint is found, or says itself what the operator can do', () => {
  const without = lines.filter(
    ({ level, context }) => level === 'error' && !hasProperty(context, 'error') && !hasProperty(context, 'hint'),
  );
  const misnamed = lines.filter(({ context }) => hasOwn(context, 'err'));
  expect([...without, ...misnamed].map(({ where, message }) => `${where} ${message?.getText() ?? ''}`)).toEqual([]);
});

test('X20 there are lines to be looked at', () => {
  expect(lines.length).toBeGreaterThan(80);
});
