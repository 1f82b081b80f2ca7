/** Field lines of binary HTTP (RFC 9292 section 3.6): names and values, checked on the way in and on the way out. */
import { type ByteReader, MalformedMessage } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export type HeaderField = [name: string, value: string];

/** Meaningful to one connection only; never carried further (RFC 9110 section 7.6.1, RFC 9292 section 3.6). */
const CONNECTION_FIELDS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A token without capitals. A colon at the start would make it a pseudo-field, which is invalid here. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Visible characters and obs-text, blanks and tabs only inside (RFC 9110 section 5.5). */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** One byte a character, as HTTP's field values are. Throws MalformedMessage for other characters. */
export function toLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new MalformedMessage('a character that HTTP cannot carry');
    bytes[i] = code;
  }
  return bytes;
}

function checkField(name: string, value: string): void {
  if (!FIELD_NAME.test(name)) throw new MalformedMessage('a field name is invalid');
  if (!FIELD_VALUE.test(value)) throw new MalformedMessage('a field value is invalid');
}

function withoutConnectionFields(fields: HeaderField[]): HeaderField[] {
  if (!fields.some(([name]) => CONNECTION_FIELDS.has(name))) return fields;
  const named = fields.filter(([name]) => name === 'connection').flatMap(([, value]) => value.split(','));
  const dropped = new Set([...CONNECTION_FIELDS, ...named.map((name) => name.trim().toLowerCase())]);
  return fields.filter(([name]) => !dropped.has(name));
}

/** Reads field lines while `more()` says so. Throws MalformedMessage beyond `maxFields`. */
export function readFields(reader: ByteReader, more: () => boolean, maxFields: number): HeaderField[] {
  const fields: HeaderField[] = [];
  while (more()) {
    if (fields.length === maxFields) throw new MalformedMessage('too many header fields');
    const name = reader.latin1(reader.varint());
    const value = reader.latin1(reader.varint());
    checkField(name, value);
    fields.push([name, value]);
  }
  return withoutConnectionFields(fields);
}

export function encodeFields(fields: readonly HeaderField[]): Uint8Array {
  const lowerCase = fields.map(([name, value]): HeaderField => [name.toLowerCase(), value]);
  const writer = new ByteWriter();
  for (const [name, value] of withoutConnectionFields(lowerCase)) {
    checkField(name, value);
    writer.prefixed(toLatin1(name)).prefixed(toLatin1(value));
  }
  return writer.finish();
}
