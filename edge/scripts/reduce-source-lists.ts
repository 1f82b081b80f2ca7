/**
 * Reduces public lists to what the edge needs to name sources and robots, and writes them to `edge/src/visits/data/`:
 * SearchEngines.yml, Socials.yml, AIAssistants.yml (Matomo's, CC0), spammers.txt (public domain), ai-robots.json (MIT).
 * Run by hand: `npm run source-lists -w edge -- /path/to/folder`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface SearchEngine {
  urls?: string[];
}

const folder = process.argv[2];
if (!folder) throw new Error('Which folder?');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const target = join(import.meta.dirname, '../src/visits/data');

function write(name: string, value: unknown): void {
  writeFileSync(join(target, name), `${JSON.stringify(value, null, 1)}\n`);
}

/** `https://www.Example.com/path/` -> `example.com/path` */
function bare(url: string): string {
  return url
    .toLowerCase()
    .replace('android-app//', '')
    .replace(/^www\./, '')
    .replace(/\/+$/, '');
}

/** Host (and path) -> name of the source. The first name wins, as in Matomo. */
function reduce(entries: Iterable<[name: string, urls: readonly string[]]>): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const [name, urls] of entries) {
    for (const url of urls) sources[bare(url)] ??= decodeURIComponent(name);
  }
  return sources;
}

const engines: Record<string, SearchEngine[]> = parse(read('SearchEngines.yml'));
const search = reduce(
  Object.entries(engines).map(([name, groups]) => [name, groups.flatMap((group) => group.urls ?? [])]),
);
const social = reduce(Object.entries<string[]>(parse(read('Socials.yml'))));
const assistants = reduce(Object.entries<string[]>(parse(read('AIAssistants.yml'))));
write('sources.json', { search, social, assistants });

const spammers = read('spammers.txt')
  .split('\n')
  .map((line) => line.trim().toLowerCase())
  .filter(Boolean);
write('spammers.json', spammers);

/** Names that are ordinary words elsewhere: in a real browser's user agent they would say nothing. */
const AMBIGUOUS = new Set(['Code', 'Cursor', 'LCC', 'Operator', 'Spider', 'Trae', 'YaK', 'Devin', 'OpenAI']);
const robots: Record<string, unknown> = JSON.parse(read('ai-robots.json'));
write(
  'ai-robots.json',
  Object.keys(robots).filter((name) => !AMBIGUOUS.has(name)),
);
