import { BHttpDecoder, BHttpEncoder } from 'bhttp-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../vectors/rfc9458-vectors.json' with { type: 'json' };
import {
  type BinaryRequest,
  type BinaryResponse,
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  MalformedMessage,
} from './binary-http.ts';
import { ByteWriter, concatBytes } from './byte-writer.ts';
import { binaryToRequest, binaryToResponse, requestToBinary, responseToBinary } from './fetch-messages.ts';

const examples = vectors.rfc9292_section_5;
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const zeros = (count: number) => new Uint8Array(count);

const fieldName = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,20}$/)
  .filter((name) => !['connection', 'te', 'trailer', 'upgrade'].includes(name));
const fieldValue = fc.stringMatching(/^(?:[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?)?$/);
const headers = fc.uniqueArray(fc.tuple(fieldName, fieldValue), { maxLength: 8, selector: ([name]) => name });
const body = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
const requests: fc.Arbitrary<BinaryRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  scheme: fc.constant('https'),
  authority: fc.constantFrom('vault.example', 'a.b:8443'),
  path: fc.stringMatching(/^\/[a-z0-9/?=&-]{0,60}$/),
  headers,
  body,
});
const responses: fc.Arbitrary<BinaryResponse> = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  headers,
  body,
});

/** Whether a message is read or refused; anything else is an error of ours. */
function readOrRefused<T>(decode: (bytes: Uint8Array) => T, bytes: Uint8Array): T | 'refused' {
  try {
    return decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedMessage);
    return 'refused';
  }
}

describe('binary HTTP', () => {
  it('reads the requests of RFC 9292, of known and indeterminate length', () => {
    const expected = {
      method: 'GET',
      scheme: 'https',
      authority: '',
      path: '/hello.txt',
      headers: [
        ['user-agent', 'curl/7.16.3 libcurl/7.16.3 OpenSSL/0.9.7l zlib/1.2.3'],
        ['host', 'www.example.com'],
        ['accept-language', 'en, mi'],
      ],
      body: zeros(0),
    };
    for (const { hex, truncatableTail } of [examples.request_known_length, examples.request_indeterminate_length]) {
      const whole = fromHex(hex);
      expect(decodeRequest(whole)).toEqual(expected);
      expect(decodeRequest(whole.subarray(0, whole.length - truncatableTail))).toEqual(expected);
      const tooShort = whole.subarray(0, whole.length - truncatableTail - 1);
      expect(() => decodeRequest(tooShort)).toThrow(MalformedMessage);
    }
  });

  it('reads the responses of RFC 9292, past informational ones and trailers', () => {
    const long = decodeResponse(fromHex(examples.response_indeterminate_length.hex));
    expect(long.status).toBe(200);
    expect(text(long.body)).toBe(examples.response_indeterminate_length.content);
    expect(long.headers).toContainEqual(['etag', '"34aa387-d-1568eb00"']);
    const short = decodeResponse(fromHex(examples.response_known_length_chunked.hex));
    expect(short).toMatchObject({ status: 200, headers: [] });
    expect(text(short.body)).toBe(examples.response_known_length_chunked.content);
  });

  it('reads back what it wrote, padded or not', () => {
    fc.assert(
      fc.property(requests, fc.nat(200), (request, padding) => {
        expect(decodeRequest(concatBytes(encodeRequest(request), zeros(padding)))).toEqual(request);
      }),
    );
    fc.assert(
      fc.property(responses, fc.nat(200), (response, padding) => {
        expect(decodeResponse(concatBytes(encodeResponse(response), zeros(padding)))).toEqual(response);
      }),
    );
  });

  it('is understood by an independent implementation, and understands it', async () => {
    const theirDecoder = new BHttpDecoder();
    const theirEncoder = new BHttpEncoder();
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const ours = binaryToRequest({ ...request, body: request.method === 'GET' ? zeros(0) : request.body });
        const binary = await requestToBinary(ours.clone());
        expect(await requestToBinary(theirDecoder.decodeRequest(encodeRequest(binary)))).toEqual(binary);
        // Their encoder leaves the query out.
        const path = new URL(ours.url).pathname;
        expect(decodeRequest(await theirEncoder.encodeRequest(ours))).toEqual({ ...binary, path });
      }),
      { numRuns: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        responses.filter(({ status }) => ![204, 205, 304].includes(status)),
        async (response) => {
          const binary = await responseToBinary(binaryToResponse(response));
          expect(await responseToBinary(theirDecoder.decodeResponse(encodeResponse(binary)))).toEqual(binary);
          expect(decodeResponse(await theirEncoder.encodeResponse(binaryToResponse(binary)))).toEqual(binary);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads or refuses truncated, changed and random bytes, and never fails otherwise', () => {
    fc.assert(
      fc.property(requests, fc.nat(), fc.nat(7), (request, at, bit) => {
        const bytes = encodeRequest(request);
        const index = at % bytes.length;
        const cut = readOrRefused(decodeRequest, bytes.subarray(0, index));
        // Cut between two sections, a message reads as one whose later sections are empty (RFC 9292 section 3.8).
        const withoutBody = { ...request, body: zeros(0) };
        if (cut !== 'refused') expect([request, withoutBody, { ...withoutBody, headers: [] }]).toContainEqual(cut);
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        readOrRefused(decodeRequest, bytes);
      }),
      { numRuns: 500 },
    );
    const anything = fc.tuple(fc.constantFrom(0, 1, 2, 3, 4), fc.uint8Array({ maxLength: 80 }));
    fc.assert(
      fc.property(anything, ([framing, rest]) => {
        const bytes = Uint8Array.of(framing, ...rest);
        readOrRefused(decodeRequest, bytes);
        readOrRefused(decodeResponse, bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses padding that is not zero', () => {
    const request = fromHex(examples.request_known_length.hex);
    expect(() => decodeRequest(concatBytes(request, zeros(5), Uint8Array.of(1)))).toThrow('padding');
  });

  it('accepts lengths that are longer than they need be', () => {
    const long = (value: string) => concatBytes(Uint8Array.of(0x40, value.length), Buffer.from(value));
    const message = concatBytes(Uint8Array.of(0x40, 0), long('GET'), long('https'), long('v'), long('/'));
    expect(decodeRequest(message)).toMatchObject({ method: 'GET', path: '/' });
  });

  const withField = (name: string, value: string) =>
    new ByteWriter()
      .uint(0, 1)
      .prefixed(Buffer.from('GET'))
      .prefixed(Buffer.from('https'))
      .prefixed(Buffer.from('v'))
      .prefixed(Buffer.from('/'))
      .prefixed(new ByteWriter().prefixed(Buffer.from(name)).prefixed(Buffer.from(value)).finish())
      .finish();

  it.each([
    [':path', '/other'],
    ['Accept', 'x'],
    ['', 'x'],
    ['a b', 'x'],
    ['accept', 'x\r\ny: z'],
    ['accept', ' x'],
    ['accept', 'x\t'],
    ['accept', '\0'],
  ])('refuses the field %j: %j', (name, value) => {
    expect(() => decodeRequest(withField(name, value))).toThrow(MalformedMessage);
    if (name !== 'Accept') {
      const message: BinaryResponse = { status: 200, headers: [[name, value]], body: zeros(0) };
      expect(() => encodeResponse(message)).toThrow(MalformedMessage);
    }
  });

  it('drops the fields of a connection, and those that Connection names', () => {
    const message: BinaryResponse = {
      status: 200,
      headers: [
        ['Connection', 'close, X-Hop'],
        ['x-hop', '1'],
        ['transfer-encoding', 'chunked'],
        ['x-end', '2'],
      ],
      body: zeros(0),
    };
    expect(decodeResponse(encodeResponse(message)).headers).toEqual([['x-end', '2']]);
    expect(decodeRequest(withField('keep-alive', '5')).headers).toEqual([]);
  });

  it('keeps to its limits', () => {
    const many: BinaryResponse = { status: 200, headers: Array.from({ length: 65 }, () => ['a', 'b']), body: zeros(0) };
    expect(() => decodeResponse(encodeResponse(many))).toThrow('too many');
    const long: BinaryResponse = { status: 200, headers: [['a', 'b'.repeat(20_000)]], body: zeros(0) };
    expect(() => decodeResponse(encodeResponse(long))).toThrow('too long');
    const endless = concatBytes(Uint8Array.of(3, 0x40, 200), ...Array.from({ length: 60 }, () => fieldLine(1000)));
    expect(() => decodeResponse(endless)).toThrow('too long');
  });

  it.each([
    [{ method: 'G T' }],
    [{ scheme: 'HTTPS' }],
    [{ authority: 'a b' }],
    [{ path: 'relative' }],
    [{ path: '' }],
    [{ path: '/ö' }],
  ])('refuses to write the request line %j', (change) => {
    const request: BinaryRequest = {
      method: 'GET',
      scheme: 'https',
      authority: 'v',
      path: '/',
      headers: [],
      body: zeros(0),
      ...change,
    };
    expect(() => encodeRequest(request)).toThrow(MalformedMessage);
  });

  it('refuses a status that is none', () => {
    for (const status of [0, 99, 100, 199, 600, 200.5]) {
      expect(() => encodeResponse({ status, headers: [], body: zeros(0) })).toThrow(MalformedMessage);
    }
    expect(() => decodeResponse(Uint8Array.of(1, 0x42, 0x58))).toThrow('status');
  });
});

function fieldLine(valueLength: number): Uint8Array {
  return new ByteWriter().prefixed(Buffer.from('a')).prefixed(Buffer.alloc(valueLength, 'b')).finish();
}
