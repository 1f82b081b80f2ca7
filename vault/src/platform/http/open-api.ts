/** `/api/openapi.json`: the routes as programs read them (OpenAPI 3.1), made from the schemas that check the requests. */
import { REFUSALS } from '@avow/protocol/refusals';
import { z } from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import type { StaffRoute } from '../feature.ts';
import { STAFF_COOKIES } from './staff-cookie.ts';

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: Object.keys(REFUSALS) },
        message: { type: 'string' },
        fields: {
          type: 'object',
          description: 'Each refused field by its path.',
          additionalProperties: {
            type: 'object',
            required: ['code', 'message'],
            properties: { code: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
    },
  },
};

export function describeApi(routes: readonly StaffRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Avow', version: manifest.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Error: ERROR },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'From `avow tokens create`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: STAFF_COOKIES.overTls,
          description: 'A member of staff who is signed in. What changes something also needs the header `avow-csrf`.',
        },
      },
    },
  };
}

function describeRoute({ path, permission, summary, query, body, bytes, answer }: StaffRoute): object {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const content =
    answer instanceof z.ZodType
      ? { 'application/json': { schema: schemaOf(answer, 'output') } }
      : { [answer.mediaType]: { schema: { type: 'string' } } };
  return {
    summary,
    ...needs(permission),
    parameters: [...inPath, ...(query ? parametersOf(query) : [])],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    ...(bytes && {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary', maxLength: bytes } } },
      },
    }),
    responses: {
      200: { description: 'The answer.', content },
      default: {
        description: 'A refusal.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function needs(permission: StaffRoute['permission']): { description: string; security: object[] } {
  if (permission === 'anyone') return { description: 'Needs no permission.', security: [] };
  if (permission === 'own account') return { description: 'Needs a session.', security: [{ session: [] }] };
  return {
    description: `Needs the permission \`${permission}\`.`,
    security: [{ token: [permission] }, { session: [permission] }],
  };
}

function parametersOf(query: z.ZodObject): object[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description && { description }),
    schema,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...described } = z.toJSONSchema(schema, { io });
  return described;
}
