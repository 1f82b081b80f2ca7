/** PostgreSQL's binary COPY format: header, rows of length-prefixed fields, trailer. Half the bytes of text, and no escaping. */

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** The signature, then flags and the length of the header extension, both zero. */
const HEADER_BYTES = SIGNATURE.length + 8;
const END_OF_ROWS = -1;

export function copyRows(rows: readonly (readonly Buffer[])[]): Buffer {
  let size = HEADER_BYTES + 2;
  for (const fields of rows) {
    size += 2;
    for (const field of fields) size += 4 + field.length;
  }
  const bytes = Buffer.alloc(size);
  SIGNATURE.copy(bytes);
  let at = HEADER_BYTES;
  for (const fields of rows) {
    at = bytes.writeInt16BE(fields.length, at);
    for (const field of fields) {
      at = bytes.writeInt32BE(field.length, at);
      at += field.copy(bytes, at);
    }
  }
  bytes.writeInt16BE(END_OF_ROWS, at);
  return bytes;
}
