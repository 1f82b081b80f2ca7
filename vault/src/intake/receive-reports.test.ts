import { randomUUID } from 'node:crypto';
import { encodeRequest } from '@avow/protocol/binary-http';
import { reportRequest } from '@avow/protocol/improvement/report-request';
import { createGatewayKey } from '@avow/protocol/opening/gateway-key';
import { padRequest, REPORT_REQUEST_BYTES, REPORT_RESPONSE_BYTES } from '@avow/protocol/padding';
import type { Refusal } from '@avow/protocol/refusals';
import { createNodeSealer } from '@avow/protocol/sealing/node-sealer';
import { beforeEach, describe, expect, test } from 'vitest';
import { createReportReceiver } from './receive-reports.ts';
import { openAnswer } from './testing.ts';

const AUTHORITY = 'vault.test';
const { key } = createGatewayKey(1);
const sealer = createNodeSealer();
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

let accepted: string[] = [];
let answers: Record<string, object | Refusal> = {};
const receive = createReportReceiver({
  keys: (keyId) => (keyId === 1 ? key : null),
  authority: AUTHORITY,
  async accept(bodies) {
    const texts = bodies.map((body) => Buffer.from(body).toString());
    accepted.push(...texts);
    return texts.map((text) => answers[text] ?? { accepted: true });
  },
});

beforeEach(() => {
  accepted = [];
  answers = {};
});

const seal = (request: Parameters<typeof encodeRequest>[0]) =>
  sealer.seal(key.config, padRequest(encodeRequest(request)));

describe('reports, taken together', () => {
  test('are each answered sealed, in one length whatever the answer is (S4)', async () => {
    answers = { wrong: { refused: 'report_not_listed' }, late: { refused: 'report_week_closed' } };
    const report = (text: string) => reportRequest(bytes(text), AUTHORITY);
    const requests = [
      report('right'),
      report('wrong'),
      report('late'),
      report('x'.repeat(1_500)),
      { ...report('other'), path: '/registrations' },
      { ...report('elsewhere'), authority: 'vault.example' },
      { ...report('more'), headers: [...report('').headers, ['x-id', '7']] as [string, string][] },
    ];
    const sealed = await Promise.all(requests.map(seal));
    expect(new Set(sealed.map((one) => one.bytes.length))).toEqual(new Set([REPORT_REQUEST_BYTES]));
    const told = await receive(
      sealed.map(({ bytes: body }) => ({ id: randomUUID(), body })),
      'edge',
    );
    expect(new Set(told.map(({ body }) => Buffer.from(body ?? '', 'base64').length))).toEqual(
      new Set([REPORT_RESPONSE_BYTES]),
    );
    const opened = await Promise.all(sealed.map((one, at) => openAnswer(one, told[at]?.body)));
    expect(opened.map(({ status }) => status)).toEqual([200, 422, 422, 200, 403, 403, 400]);
    expect(opened[0]?.json).toEqual({ accepted: true });
    expect(opened[1]?.json).toMatchObject({ error: { code: 'report_not_listed' } });
    expect(accepted).toEqual(['right', 'wrong', 'late', 'x'.repeat(1_500)]);
  });

  test('sealed to a key that is gone, or not sealed at all, are told so, and the others are stored', async () => {
    const other = createGatewayKey(2);
    const unknown = await sealer.seal(
      other.key.config,
      padRequest(encodeRequest(reportRequest(bytes('a'), AUTHORITY))),
    );
    const known = await seal(reportRequest(bytes('b'), AUTHORITY));
    const garbage = { bytes: new Uint8Array(REPORT_REQUEST_BYTES) };
    const told = await receive(
      [unknown, garbage, known].map(({ bytes: body }) => ({ id: randomUUID(), body })),
      'edge',
    );
    expect(told.map(({ refused }) => refused)).toEqual(['key_unknown', 'key_unknown', undefined]);
    expect(accepted).toEqual(['b']);
  });
});
