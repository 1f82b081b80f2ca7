/**
 * Reduces Google's address data (libaddressinput, `countryinfo.txt`, CC BY 4.0) to what our forms need and writes
 * `protocol/src/address-formats.json`. Run by hand: `npm run address-data -w protocol -- /path/to/countryinfo.txt`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface SourceEntry {
  key?: string;
  fmt?: string;
  lfmt?: string;
  require?: string;
  zip?: string;
  zipex?: string;
  zip_name_type?: string;
  state_name_type?: string;
  locality_name_type?: string;
  sublocality_name_type?: string;
  sub_keys?: string;
  sub_names?: string;
  sub_lnames?: string;
}

/** One country of the result; letters as in the source (O organization, A street, D, C, S, Z, X). Absent means the default. */
interface Reduced {
  lines?: string;
  required?: string;
  zip?: string;
  example?: string;
  zipName?: string;
  areaName?: string;
  localityName?: string;
  districtName?: string;
  areas?: string;
}

/** Reserved codes without a post of their own: both belong to SH. */
const LEFT_OUT = new Set(['AC', 'TA', 'ZZ']);
/** ISO 3166-1 countries the source leaves out. */
const ADDED: Record<string, SourceEntry> = {
  CU: { fmt: '%A%n%C %S%n%Z', zip: '\\d{5}', zipex: '10700' },
  KP: {},
  SD: { fmt: '%A%n%C%n%Z', zip: '\\d{5}', zipex: '11042' },
  SY: {},
};
/** Postal codes that changed after the source was made. */
const CORRECTIONS: Record<string, SourceEntry> = {
  AM: { zip: '(?:37)?\\d{4}', zipex: '0010' },
  CO: { fmt: '%O%n%A%n%C, %S, %Z', zip: '\\d{6}', zipex: '111221' },
  IE: {
    lfmt: '%O%n%A%n%D%n%C%n%S%n%Z',
    zip: '[\\dA-Z]{3} ?[\\dA-Z]{4}',
    zipex: 'A65 F4E2',
    zip_name_type: 'eircode',
    sublocality_name_type: 'townland',
  },
  IN: { zip_name_type: 'pin' },
  KR: { zip: '\\d{5}', zipex: '03051' },
  TW: { zip: '\\d{3}(?:\\d{2,3})?', zipex: '104' },
  VN: { lfmt: '%O%n%A%n%C%n%S %Z', zip: '\\d{5}\\d?', zipex: '70010' },
};

function readSource(file: string): Map<string, SourceEntry> {
  const countries = new Map<string, SourceEntry>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const match = /^data\/([A-Z]{2})=(.*)$/.exec(line);
    if (match?.[1] && match[2]) countries.set(match[1], JSON.parse(match[2]));
  }
  return countries;
}

/** The Latin-script order: our pages are English and German. Without %N, which the forms ask for themselves. */
function linesOf(entry: SourceEntry, fallback: string): string {
  const lines = (entry.lfmt ?? entry.fmt ?? fallback)
    .split('%n')
    .map((line) => [...line.matchAll(/%([OADCSZX])/g)].map((match) => match[1]).join(''))
    // Ivory Coast names its sorting code twice.
    .map((line) => [...line].filter((part, at) => line.lastIndexOf(part) === at).join(''))
    .filter((line) => line !== '');
  // Some entries know a postal code and give no format with a place for it.
  if (entry.zip && !lines.join('').includes('Z')) lines.push('Z');
  return lines.join('|');
}

/** Some lists come in capitals only. */
function withoutShouting(names: string): string {
  return names === names.toUpperCase() && names !== names.toLowerCase()
    ? names.toLowerCase().replace(/(^|[~ -])\p{L}/gu, (start) => start.toUpperCase())
    : names;
}

function reduce(entry: SourceEntry, defaults: SourceEntry): Reduced {
  const reduced: Reduced = { lines: linesOf(entry, defaults.fmt ?? '') };
  const required = entry.require ?? defaults.require;
  if (required) reduced.required = required;
  if (entry.zip) reduced.zip = entry.zip;
  const example = entry.zipex?.split(',').find((code) => new RegExp(`^(?:${entry.zip})$`).test(code));
  if (example) reduced.example = example;
  if (entry.zip_name_type && entry.zip_name_type !== 'postal') reduced.zipName = entry.zip_name_type;
  if (entry.state_name_type && entry.state_name_type !== 'province') reduced.areaName = entry.state_name_type;
  if (entry.locality_name_type && entry.locality_name_type !== 'city') reduced.localityName = entry.locality_name_type;
  if (entry.sublocality_name_type) reduced.districtName = entry.sublocality_name_type;
  const areas = entry.sub_lnames ?? entry.sub_names ?? entry.sub_keys;
  if (areas && reduced.lines?.includes('S')) reduced.areas = withoutShouting(areas);
  return reduced;
}

const source = readSource(process.argv[2] ?? 'countryinfo.txt');
const defaults = source.get('ZZ') ?? {};
for (const [country, entry] of Object.entries(ADDED)) source.set(country, entry);
const reduced: Record<string, Reduced> = {};
for (const country of [...source.keys()].filter((code) => !LEFT_OUT.has(code)).sort()) {
  reduced[country] = reduce({ ...source.get(country), ...CORRECTIONS[country] }, defaults);
}
writeFileSync(new URL('../src/address-formats.json', import.meta.url), `${JSON.stringify(reduced, null, 1)}\n`);
