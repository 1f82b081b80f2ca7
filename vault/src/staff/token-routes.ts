/** API tokens, as their makers see them. A token can never do more than its maker may, also when the maker's roles change later. */
import { permissionsOf } from '@avow/protocol/staff/roles';
import { z } from 'zod';
import { staffOf } from '../platform/audit/audit-log.ts';
import type { StaffRoute } from '../platform/feature.ts';
import { issueApiToken, listApiTokens, revokeApiToken, TOKEN_PERMISSIONS } from '../platform/http/api-tokens.ts';
import { contractRoute } from './contract-route.ts';
import { isUuid, label, permission } from './schemas.ts';
import type { StaffHouse } from './staff-house.ts';

export function tokenRoutes(house: StaffHouse): StaffRoute[] {
  const { db, members } = house;
  return [
    contractRoute('GET /tokens', {
      permission: 'tokens:write',
      summary: 'All API tokens, without their secret.',
      answer: z.strictObject({
        tokens: z.array(
          z.strictObject({
            id: z.uuid(),
            label: z.string(),
            permissions: z.array(permission),
            created: z.string(),
            validThrough: z.string().nullable(),
            lastUsed: z.string().nullable(),
            madeBy: z.string().nullable(),
          }),
        ),
      }),
      async handle() {
        const names = new Map((await members.list(db)).map(({ id, name }) => [id, name]));
        const tokens = await listApiTokens(db);
        return {
          tokens: tokens.map((token) => ({
            ...token,
            madeBy: token.madeBy === null ? null : (names.get(token.madeBy) ?? ''),
          })),
        };
      },
    }),
    contractRoute('POST /tokens', {
      permission: 'tokens:write',
      summary: 'Make an API token; its secret is told once.',
      body: z.strictObject({
        label,
        permissions: z.array(z.enum(TOKEN_PERMISSIONS, { error: 'value_unknown' })).min(1),
        validThrough: z.iso.date().nullable(),
      }),
      answer: z.strictObject({ id: z.uuid(), token: z.string() }),
      async handle({ body }, { caller }) {
        // A program that could make tokens could outlive its own.
        if (caller.kind !== 'member') return { refused: 'permission_missing' };
        const today = house.today();
        if (body.validThrough !== null && body.validThrough < today) {
          return { refused: 'invalid_fields', fields: { validThrough: 'period_empty' } };
        }
        const own = permissionsOf(caller.roles);
        if (!body.permissions.every((wanted) => own.includes(wanted))) {
          return { refused: 'invalid_fields', fields: { permissions: 'permission_missing' } };
        }
        return house.transaction(async (tx) => {
          const made = await issueApiToken(tx, { ...body, today, madeBy: caller.staffId });
          await house.record(tx, { staff: caller.staffId, act: 'token-made', about: made.id });
          return made;
        });
      },
    }),
    contractRoute('DELETE /tokens/:id', {
      permission: 'tokens:write',
      summary: 'Revoke an API token.',
      answer: z.strictObject({ revoked: z.literal(true) }),
      handle: ({ params: { id = '' } }, { caller }) =>
        house.transaction(async (tx) => {
          const known = isUuid(id) && (await revokeApiToken(tx, id));
          if (!known) return { refused: 'not_found' };
          await house.record(tx, { staff: staffOf(caller), act: 'token-revoked', about: id });
          return { revoked: true };
        }),
    }),
  ];
}
