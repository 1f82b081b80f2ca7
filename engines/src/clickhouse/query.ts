/** A query on its way to the engine. */
export interface Query {
  /** With its data, if it brings any. */
  sql: string;
  database: string | null;
  /** For answers whose SQL names no format. */
  format: string;
  settings: Record<string, string>;
  /** Values of `{name:Type}` in ClickHouse's escaped text form, as the HTTP interface takes them. */
  parameters: Record<string, string>;
}

export interface Answer {
  bytes: Uint8Array;
  rowsRead: number;
  bytesRead: number;
  seconds: number;
}

/** A text literal. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
