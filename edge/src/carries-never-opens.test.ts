/** W6: the edge carries and never opens. Looked at where it counts: at the modules that Node really loads. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Prints the address of every module that `entry` loads, however indirectly. */
function loadedBy(entry: string): string[] {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import(${JSON.stringify(entry)});
    console.log(JSON.stringify(loaded));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  return JSON.parse(output);
}

test('nothing of the opening half, of the vault or of a mail program is loaded', () => {
  const loaded = loadedBy(path.join(import.meta.dirname, 'edge.ts'));
  // A checker that sees nothing must not pass.
  expect(loaded.filter((url) => url.includes('/edge/src/')).length).toBeGreaterThan(30);
  expect(loaded.filter((url) => url.includes('/protocol/src/sealing/')).length).toBeGreaterThan(0);
  expect(loaded.filter((url) => /\/protocol\/src\/opening\/|\/vault\/|nodemailer|\/engines\//.test(url))).toEqual([]);
}, 60_000);

test('the same look finds the opening half where it is', () => {
  const loaded = loadedBy(path.join(import.meta.dirname, '../../protocol/src/opening/gateway.ts'));
  expect(loaded.some((url) => url.includes('/protocol/src/opening/'))).toBe(true);
}, 60_000);
