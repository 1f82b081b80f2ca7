/** The page about the API says nothing that the API does not take. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSALS } from '@avow/protocol/refusals';
import { expect, test } from 'vitest';
import { TOKEN_PERMISSIONS } from '../../platform/http/api-tokens.ts';
import { answerSchema } from './answer-schema.ts';
import { flatQuestionSchema, unflatten } from './flat-question.ts';
import { funnelSchema, journeySchema } from './journeys.ts';
import { NAMED_PERIODS } from './period.ts';
import { questionSchema } from './question.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/visits-api.md'), 'utf8');

function examples(kind: string): unknown[] {
  return [...page.matchAll(/^```json ?(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) =>
    name === kind ? [JSON.parse(text)] : [],
  );
}

test.each([
  ['question', questionSchema],
  ['journey', journeySchema],
  ['funnel', funnelSchema],
  ['', answerSchema],
])('its examples are of the shape that it says (%j)', (kind, schema) => {
  expect(examples(kind)).toHaveLength(1);
  for (const example of examples(kind)) expect(schema.safeParse(example).error).toBeUndefined();
});

test('its address asks a question', () => {
  const [, query = ''] = /GET \/api\/visits\/query\?(\S+)/.exec(page) ?? [];
  const asked = flatQuestionSchema.parse(Object.fromEntries(new URLSearchParams(query)));
  expect(questionSchema.parse(unflatten(asked))).toMatchObject({ period: 'last 7 days', granularity: 'day' });
});

test('it names every period and permission, and refusals that there are', () => {
  for (const period of NAMED_PERIODS) expect(page).toContain(`\`${period}\``);
  for (const permission of TOKEN_PERMISSIONS.filter((name) => name.startsWith('visits:'))) {
    expect(page).toContain(`\`${permission}\``);
  }
  for (const code of ['question_too_heavy', 'briefly_unavailable']) expect(REFUSALS).toHaveProperty(code);
});
