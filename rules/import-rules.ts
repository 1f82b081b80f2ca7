/**
 * Who may import whom (DESIGN: "Who may import whom"), as data and one function. `import-rules.test.ts` runs it over the
 * whole house and plants a violation of every rule, so that a checker that sees nothing cannot pass.
 */
import { posix } from 'node:path';

/** What each room may import of ours. `protocol` alone means all of it; `protocol/!opening` all but the opening half. */
const ROOMS: Record<string, readonly string[]> = {
  protocol: [],
  config: [],
  engines: [],
  browser: ['protocol/!opening'],
  sdk: ['protocol/!opening'],
  'control-center': ['protocol/!opening', 'sdk'],
  console: ['protocol/!opening'],
  edge: ['protocol/!opening', 'config'],
  vault: ['protocol', 'config'],
  cli: ['protocol', 'config', 'engines', 'browser', 'sdk', 'console', 'edge', 'vault'],
  examples: ['config', 'sdk', 'control-center'],
  flows: [
    'protocol',
    'config',
    'engines',
    'browser',
    'sdk',
    'control-center',
    'console',
    'edge',
    'vault',
    'cli',
    'examples',
  ],
  bench: [
    'protocol',
    'config',
    'engines',
    'browser',
    'sdk',
    'control-center',
    'console',
    'edge',
    'vault',
    'cli',
    'flows',
    'examples',
  ],
  rules: [],
};

/** Folders of a program that every feature in it may use. The files beside the folders (`app.ts`, `main.ts`) connect all. */
const SHARED_GROUND: Record<string, readonly string[]> = {
  edge: ['platform', 'spool'],
  vault: ['platform', 'people'],
  console: ['api', 'frame', 'texts', 'factors'],
};

/** Packages that must stay out of a room, whoever asks. */
const FORBIDDEN_PACKAGES: Record<string, readonly string[]> = {
  protocol: ['pg', 'hono', 'kysely', 'zod'],
  browser: ['node:fs', 'pg', 'hono', 'zod'],
  console: ['node:fs', 'node:fs/promises', 'pg', 'hono', 'zod'],
  edge: ['nodemailer', '@clickhouse/client', 'chdb'],
};

/** Build scripts run on the developer's machine and are not part of what the room ships. */
const BUILD_FILES = ['browser/src/build.ts', 'console/src/build/'];

export interface Violation {
  file: string;
  imports: string;
  rule: string;
}

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;

export function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  return [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** Path inside the house that an import leads to (`protocol/src/link.ts`), or null for a package from outside. */
function destination(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), specifier));
  const own = /^@avow\/([a-z-]+)\/(.+)$/.exec(specifier);
  // `@avow/example-suite` is the folder `examples/suite`.
  return own ? `${own[1]?.replace(/^example-/, 'examples/')}/src/${own[2]}.ts` : null;
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';

/** `relay` of `edge/src/relay/routes.ts`; null for files beside the folders. */
function featureOf(path: string): string | null {
  const parts = path.split('/');
  return parts[1] === 'src' && parts.length > 3 ? (parts[2] ?? null) : null;
}

function mayEnter(room: string, target: string): boolean {
  return (ROOMS[room] ?? []).some((entry) => {
    const [allowed, exception] = entry.split('/!');
    return roomOf(target) === allowed && !(exception && target.startsWith(`${allowed}/src/${exception}/`));
  });
}

function isTest(file: string): boolean {
  return file.endsWith('.test.ts');
}

function checkImport(file: string, specifier: string): string | null {
  const room = roomOf(file);
  const target = destination(file, specifier);
  if (target === null) {
    const forbidden =
      FORBIDDEN_PACKAGES[room]?.includes(specifier) &&
      !isTest(file) &&
      !BUILD_FILES.some((path) => file.startsWith(path));
    return forbidden ? `${room} does without ${specifier}` : null;
  }
  if (isTest(file) && target === 'engines/src/testing.ts') return null;
  if (roomOf(target) !== room) return mayEnter(room, target) ? null : `${room} may not import ${target}`;

  const shared = SHARED_GROUND[room];
  const from = featureOf(file);
  const to = featureOf(target);
  if (!shared || from === null || to === null || from === to || isTest(file)) return null;
  if (from === 'platform') return `platform may not import the feature ${to}`;
  return shared.includes(to) ? null : `the feature ${from} may not import the feature ${to}`;
}

/** Every import that breaks a rule. `files` maps paths from the root of the repository to source text. */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  const violations: Violation[] = [];
  for (const [file, source] of files) {
    if (!(roomOf(file) in ROOMS)) {
      violations.push({ file, imports: '', rule: `no rule knows the room ${roomOf(file)}` });
      continue;
    }
    for (const specifier of importsOf(source)) {
      const rule = checkImport(file, specifier);
      if (rule) violations.push({ file, imports: specifier, rule });
    }
  }
  return violations;
}
