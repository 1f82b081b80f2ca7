import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findViolations, importsOf } from './import-rules.ts';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
});
const house = new Map(
  listed
    .split('\n')
    .filter((path) => path.includes('/') && path !== 'rules/import-rules.test.ts' && existsSync(path))
    .map((path) => [path, readFileSync(path, 'utf8')]),
);

describe('the house', () => {
  test('is read: every room with code is seen, with its imports', () => {
    expect(house.size).toBeGreaterThan(60);
    const imports = [...house.values()].flatMap(importsOf);
    expect(imports.length).toBeGreaterThan(200);
    for (const room of ['protocol', 'console', 'edge', 'vault', 'browser', 'engines', 'cli', 'config']) {
      expect([...house.keys()].some((path) => path.startsWith(`${room}/src/`))).toBe(true);
    }
  });

  test('keeps every import rule', () => {
    expect(findViolations(house)).toEqual([]);
  });
});

describe('a planted violation is found:', () => {
  const planted: [name: string, file: string, source: string][] = [
    ['protocol imports config', 'protocol/src/a.ts', "import { x } from '@avow/config/config';"],
    ['protocol imports a database driver', 'protocol/src/a.ts', "import pg from 'pg';"],
    ['config imports protocol', 'config/src/a.ts', "import { x } from '@avow/protocol/link';"],
    ['engines imports config', 'engines/src/a.ts', "import { x } from '@avow/config/config';"],
    ['browser imports the opening half', 'browser/src/a.ts', "import { x } from '@avow/protocol/opening/gateway';"],
    ['browser imports the edge', 'browser/src/a.ts', "import { x } from '../../edge/src/app.ts';"],
    ['edge imports the opening half', 'edge/src/relay/a.ts', "import { x } from '@avow/protocol/opening/gateway';"],
    [
      'edge imports the opening half, relatively',
      'edge/src/relay/a.ts',
      "import { x } from '../../../protocol/src/opening/gateway.ts';",
    ],
    [
      'edge imports the opening half, dynamically',
      'edge/src/relay/a.ts',
      "const x = await import('@avow/protocol/opening/gateway');",
    ],
    ['edge re-exports the vault', 'edge/src/app.ts', "export { x } from '@avow/vault/app';"],
    ['edge sends mail', 'edge/src/relay/a.ts', "import nodemailer from 'nodemailer';"],
    [
      'edge imports a type of the vault',
      'edge/src/app.ts',
      "import type { Feature } from '@avow/vault/platform/feature';",
    ],
    ['vault imports the edge', 'vault/src/app.ts', "import { x } from '@avow/edge/app';"],
    ['vault imports engines outside a test', 'vault/src/app.ts', "import { x } from '@avow/engines/testing';"],
    ['a vault feature imports another', 'vault/src/registration/a.ts', "import { x } from '../products/routes.ts';"],
    ['an edge feature imports another', 'edge/src/relay/a.ts', "import { x } from '../access-log/report.ts';"],
    ['the shared ground imports a feature', 'vault/src/people/a.ts', "import { x } from '../registration/feature.ts';"],
    ['platform imports a feature', 'vault/src/platform/a.ts', "import { x } from '../people/people.ts';"],
    ['console imports the vault', 'console/src/visits/a.tsx', "import { x } from '@avow/vault/app';"],
    ['console imports the opening half', 'console/src/api/a.ts', "import { x } from '@avow/protocol/opening/gateway';"],
    ['a console area imports another', 'console/src/visits/a.tsx', "import { X } from '../people/record.tsx';"],
    ['the frame imports an area', 'console/src/frame/a.tsx', "import { X } from '../people/record.tsx';"],
    ['console reads files', 'console/src/api/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['examples import the vault', 'examples/vendor/a.ts', "import { x } from '@avow/vault/app';"],
    ['the Control Center imports the vault', 'control-center/src/a.ts', "import { x } from '@avow/vault/app';"],
    [
      'a page of the Control Center imports the opening half',
      'control-center/page/a.ts',
      "import { x } from '@avow/protocol/opening/gateway';",
    ],
    ['a room without a rule', 'attic/src/a.ts', ''],
  ];

  test.each(planted)('%s', (_name, file, source) => {
    expect(findViolations(new Map([[file, source]]))).toHaveLength(1);
  });
});

describe('what is allowed stays allowed:', () => {
  const allowed: [name: string, file: string, source: string][] = [
    ['edge seals', 'edge/src/pages/a.ts', "import { x } from '@avow/protocol/sealing/node-sealer';"],
    ['vault opens', 'vault/src/intake/a.ts', "import { x } from '@avow/protocol/opening/gateway';"],
    ['a feature uses people', 'vault/src/registration/a.ts', "import { x } from '../people/people.ts';"],
    ['app.ts connects features', 'vault/src/app.ts', "import { x } from './registration/feature.ts';"],
    ['a test has a real database', 'vault/src/people/a.test.ts', "import { x } from '@avow/engines/testing';"],
    ['a console area uses the frame', 'console/src/visits/a.tsx', "import { Panel } from '../frame/panel.tsx';"],
    ['the console is built', 'console/src/build/a.ts', "import { readFile } from 'node:fs/promises';"],
    [
      'a comment is no import',
      'protocol/src/a.ts',
      "// import { x } from '@avow/vault/app';\n/* import '@avow/edge/app' */",
    ],
  ];

  test.each(allowed)('%s', (_name, file, source) => {
    expect(findViolations(new Map([[file, source]]))).toEqual([]);
  });
});
