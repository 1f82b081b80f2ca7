/** The audit log as the console reads it, with names in place of ids. */
import { AUDIT_ACTS, type AuditAct } from '@avow/protocol/staff/audit';
import { z } from 'zod';
import { openAccesses } from '../people/staff-access.ts';
import { type AuditRow, NOBODY, OPERATOR } from '../platform/audit/audit-log.ts';
import { type Verified, verifyAuditLog } from '../platform/audit/verify-audit-log.ts';
import type { StaffRoute } from '../platform/feature.ts';
import { listApiTokens } from '../platform/http/api-tokens.ts';
import { contractRoute } from './contract-route.ts';
import { BY_OPENID } from './openid-routes.ts';
import { isUuid } from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';

const PAGE = 100;
const VERIFIED_FOR_MS = 60_000;
/** In place of the name of an account that was erased. */
const FORMER = 'former';
/** Acts whose entry begins with the id of an account. */
const ABOUT_ACCOUNTS: ReadonlySet<AuditAct> = new Set([
  'locked-out',
  'session-ended',
  'account-disabled',
  'account-enabled',
  'account-erased',
  'roles-changed',
  'renewal-link-made',
]);

export function auditRoutes(house: StaffHouse): StaffRoute[] {
  const { db, keyring } = house;
  const verified = createVerifier(house);
  return [
    contractRoute('GET /audit-log', {
      permission: 'audit:read',
      summary: 'What staff did, newest first.',
      query: z.strictObject({
        before: z
          .string()
          .regex(/^\d{1,15}$/)
          .exactOptional(),
      }),
      answer: z.strictObject({
        entries: z.array(
          z.strictObject({
            number: z.number(),
            day: z.string(),
            staff: z.string(),
            act: z.enum(AUDIT_ACTS),
            purpose: z.string().nullable(),
            ticket: z.string().nullable(),
            about: z.string().nullable(),
            hash: z.string(),
          }),
        ),
        next: z.string().nullable(),
        verified: z.boolean(),
      }),
      async handle({ query }) {
        const { before } = query as { before?: string };
        const rows = await db
          .selectFrom('audit_log')
          .selectAll()
          .where((row) => (before === undefined ? row.lit(true) : row('number', '<', Number(before))))
          .orderBy('number', 'desc')
          .limit(PAGE)
          .execute();
        const names = await namesOf(house);
        const named = await accessesNamed(house, rows);
        const accesses = new Set(named.map(({ access_id }) => access_id));
        const persons = await openAccesses(db, keyring, [...rows, ...named]);
        const entries = rows.map((row) => {
          const { number, day, act, purpose, hash } = row;
          // What is done under an access names the access, and is about its person.
          const person = persons.get(row.access_id ?? row.about ?? '');
          const told = { number, day, staff: nameOf(row.staff, names), act, purpose, hash: hash.toString('hex') };
          return {
            ...told,
            ticket: person?.ticket ?? null,
            about: person?.personId ?? (accesses.has(row.about) ? null : aboutOf(row, names)),
          };
        });
        const last = rows.at(-1)?.number ?? 1;
        return { entries, next: last > 1 ? String(last) : null, verified: (await verified()).holds };
      },
    }),
  ];
}

/** The entries of the accesses under which others of these were done. */
async function accessesNamed({ db }: StaffHouse, rows: readonly AuditRow[]) {
  const named = rows.flatMap(({ about }) => (about !== null && isUuid(about) ? [about] : []));
  if (named.length === 0) return [];
  return db.selectFrom('audit_log').select(['access_id', 'sealed']).where('access_id', 'in', named).execute();
}

/** The whole chain takes long once it is long: it is checked once a minute, by whoever asks first. */
function createVerifier(house: StaffHouse): () => Promise<Verified> {
  let last: { at: number; result: Promise<Verified> } | null = null;
  return () => {
    const now = house.clock().getTime();
    if (last && now - last.at < VERIFIED_FOR_MS) return last.result;
    const result = verifyAuditLog(house);
    last = { at: now, result };
    // A database that was away for a moment is no reason to refuse the log for a minute.
    result.catch(() => {
      last = null;
    });
    return result;
  };
}

/** By id, as the log has it. */
async function namesOf({ db, members }: StaffHouse): Promise<Map<string, string>> {
  const names = new Map([OPERATOR, NOBODY, BY_OPENID].map((name) => [name, name]));
  for (const { id, name } of await members.list(db)) names.set(id, name);
  for (const { id, label } of await listApiTokens(db)) names.set(`token:${id}`, `token: ${label}`);
  return names;
}

function nameOf(staff: string, names: ReadonlyMap<string, string>): string {
  return names.get(staff) ?? '';
}

/** `<id of a member> support analyst` becomes `Grace: support analyst`, or `former: support analyst` of one who was erased. */
function aboutOf({ about, act }: AuditRow, names: ReadonlyMap<string, string>): string | null {
  if (about === null) return null;
  const [id = '', ...rest] = about.split(' ');
  const name = names.get(id) ?? names.get(`token:${id}`);
  if (name === undefined && !(isUuid(id) && ABOUT_ACCOUNTS.has(act))) return about;
  const told = name ?? FORMER;
  return rest.length > 0 ? `${told}: ${rest.join(' ')}` : told;
}
