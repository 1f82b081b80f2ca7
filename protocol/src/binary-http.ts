/** Binary HTTP messages (RFC 9292): what stands inside an encapsulated request or response. */
import { encodeFields, type HeaderField, readFields, toLatin1 } from './binary-fields.ts';
import { ByteReader, MalformedMessage } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export { MalformedMessage };

export interface BinaryRequest {
  method: string;
  scheme: string;
  authority: string;
  /** With the query, if any. */
  path: string;
  headers: HeaderField[];
  body: Uint8Array<ArrayBuffer>;
}

export interface BinaryResponse {
  status: number;
  headers: HeaderField[];
  body: Uint8Array<ArrayBuffer>;
}

export interface MessageLimits {
  headerFields: number;
  /** In bytes, over all sections of header fields. */
  headerBytes: number;
}

const DEFAULT_LIMITS: MessageLimits = { headerFields: 64, headerBytes: 16_384 };

/** Framing indicators (RFC 9292 section 3.3). */
const KNOWN_LENGTH_REQUEST = 0;
const KNOWN_LENGTH_RESPONSE = 1;
const INDETERMINATE_LENGTH_REQUEST = 2;
const INDETERMINATE_LENGTH_RESPONSE = 3;

const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const SCHEME = /^[a-z][a-z0-9+.-]*$/;
const AUTHORITY = /^[\x21-\x7e]*$/;
const PATH = /^(?:\/[\x21-\x7e]*|\*)$/;

function checkControlData(request: BinaryRequest): void {
  const valid =
    METHOD.test(request.method) &&
    SCHEME.test(request.scheme) &&
    AUTHORITY.test(request.authority) &&
    PATH.test(request.path);
  if (!valid) throw new MalformedMessage('the request line is invalid');
}

/**
 * A section that ends with the message is empty: senders may leave out empty sections at the end (RFC 9292 section 3.8).
 * Ending anywhere inside a section is malformed.
 */
function readHeaders(reader: ByteReader, knownLength: boolean, limits: MessageLimits): HeaderField[] {
  if (reader.left === 0) return [];
  if (knownLength) {
    const length = reader.varint();
    if (length > limits.headerBytes) throw new MalformedMessage('the header is too long');
    const section = reader.section(length);
    return readFields(section, () => section.left > 0, limits.headerFields);
  }
  const start = reader.left;
  const fields = readFields(reader, () => moreBefore(reader, start - limits.headerBytes), limits.headerFields);
  reader.uint(1);
  return fields;
}

/** Indeterminate-length sections end with a zero byte where the next length would stand. */
function moreBefore(reader: ByteReader, leftAtLeast: number): boolean {
  if (reader.left < leftAtLeast) throw new MalformedMessage('the header is too long');
  return reader.peek() !== 0;
}

function readBody(reader: ByteReader, knownLength: boolean): Uint8Array<ArrayBuffer> {
  if (reader.left === 0) return new Uint8Array();
  if (knownLength) return reader.take(reader.varint());
  const content = new ByteWriter();
  for (let length = reader.varint(); length > 0; length = reader.varint()) content.bytes(reader.take(length));
  return content.finish();
}

/** Trailers are checked and dropped: no route here has a use for them. What follows is padding, all zero. */
function readTrailersAndPadding(reader: ByteReader, knownLength: boolean, limits: MessageLimits): void {
  readHeaders(reader, knownLength, limits);
  if (!reader.onlyZerosLeft()) throw new MalformedMessage('the padding is not zero');
}

/** Accepts known-length and indeterminate-length requests, padded or truncated. Throws MalformedMessage. */
export function decodeRequest(bytes: Uint8Array, limits = DEFAULT_LIMITS): BinaryRequest {
  const reader = new ByteReader(bytes);
  const framing = reader.varint();
  if (framing !== KNOWN_LENGTH_REQUEST && framing !== INDETERMINATE_LENGTH_REQUEST) {
    throw new MalformedMessage('not a request');
  }
  const knownLength = framing === KNOWN_LENGTH_REQUEST;
  const request: BinaryRequest = {
    method: reader.latin1(reader.varint()),
    scheme: reader.latin1(reader.varint()),
    authority: reader.latin1(reader.varint()),
    path: reader.latin1(reader.varint()),
    headers: readHeaders(reader, knownLength, limits),
    body: readBody(reader, knownLength),
  };
  readTrailersAndPadding(reader, knownLength, limits);
  checkControlData(request);
  return request;
}

/** Accepts both framings; informational responses before the final one are dropped. Throws MalformedMessage. */
export function decodeResponse(bytes: Uint8Array, limits = DEFAULT_LIMITS): BinaryResponse {
  const reader = new ByteReader(bytes);
  const framing = reader.varint();
  if (framing !== KNOWN_LENGTH_RESPONSE && framing !== INDETERMINATE_LENGTH_RESPONSE) {
    throw new MalformedMessage('not a response');
  }
  const knownLength = framing === KNOWN_LENGTH_RESPONSE;
  let status = reader.varint();
  while (status >= 100 && status <= 199) {
    readHeaders(reader, knownLength, limits);
    status = reader.varint();
  }
  if (status < 200 || status > 599) throw new MalformedMessage('the status is invalid');
  const headers = readHeaders(reader, knownLength, limits);
  const body = readBody(reader, knownLength);
  readTrailersAndPadding(reader, knownLength, limits);
  return { status, headers, body };
}

/** As a known-length request. Throws MalformedMessage for what HTTP cannot carry. */
export function encodeRequest(request: BinaryRequest): Uint8Array<ArrayBuffer> {
  checkControlData(request);
  return new ByteWriter()
    .varint(KNOWN_LENGTH_REQUEST)
    .prefixed(toLatin1(request.method))
    .prefixed(toLatin1(request.scheme))
    .prefixed(toLatin1(request.authority))
    .prefixed(toLatin1(request.path))
    .prefixed(encodeFields(request.headers))
    .prefixed(request.body)
    .varint(0)
    .finish();
}

/** As a known-length response. Throws MalformedMessage for what HTTP cannot carry. */
export function encodeResponse(response: BinaryResponse): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(response.status) || response.status < 200 || response.status > 599) {
    throw new MalformedMessage('the status is invalid');
  }
  return new ByteWriter()
    .varint(KNOWN_LENGTH_RESPONSE)
    .varint(response.status)
    .prefixed(encodeFields(response.headers))
    .prefixed(response.body)
    .varint(0)
    .finish();
}
