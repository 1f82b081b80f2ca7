/** Errors in ClickHouse's own words and numbers. */

/** An error of the engine or of its HTTP interface; `code` is ClickHouse's. */
export class EngineError extends Error {
  readonly code: number;
  /** How ClickHouse names the code: SYNTAX_ERROR. */
  readonly codeName: string;

  constructor(code: number, codeName: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.codeName = codeName;
  }

  /** As in the body of an answer; clients read code and name out of it. */
  override toString(): string {
    return `Code: ${this.code}. DB::Exception: ${this.message} (${this.codeName})`;
  }
}

/** From what the binding throws: `Code: 62. DB::Exception: … (SYNTAX_ERROR)`, at times wrapped in itself. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const match =
    /^(?:Code: (?<code>\d+)\. DB::Exception: )+(?<message>[\s\S]*?)\s*\((?<name>[A-Z][A-Z0-9_]+)\)\s*$/.exec(text);
  const { code, message, name } = match?.groups ?? {};
  if (!code || !name) return new EngineError(1002, 'UNKNOWN_EXCEPTION', text, { cause: error });
  const once = (message ?? '').replaceAll(/ \([A-Z][A-Z0-9_]+\) \(version [^)]*\)\.?/g, '');
  return new EngineError(Number(code), name, once, { cause: error });
}

/** ClickHouse's `exceptionCodeToHTTPStatus`; everything else is 500. */
const STATUS_BY_NAME: Record<string, number> = {
  SYNTAX_ERROR: 400,
  INCORRECT_DATA: 400,
  TYPE_MISMATCH: 400,
  UNKNOWN_QUERY_PARAMETER: 400,
  BAD_QUERY_PARAMETER: 400,
  CANNOT_PARSE_TEXT: 400,
  CANNOT_PARSE_NUMBER: 400,
  CANNOT_PARSE_DATE: 400,
  CANNOT_PARSE_DATETIME: 400,
  CANNOT_PARSE_UUID: 400,
  CANNOT_PARSE_INPUT_ASSERTION_FAILED: 400,
  CANNOT_PARSE_QUOTED_STRING: 400,
  CANNOT_PARSE_ESCAPE_SEQUENCE: 400,
  AUTHENTICATION_FAILED: 403,
  UNKNOWN_TABLE: 404,
  UNKNOWN_FUNCTION: 404,
  UNKNOWN_IDENTIFIER: 404,
  UNKNOWN_TYPE: 404,
  UNKNOWN_STORAGE: 404,
  UNKNOWN_DATABASE: 404,
  UNKNOWN_SETTING: 404,
  UNKNOWN_AGGREGATE_FUNCTION: 404,
  UNKNOWN_FORMAT: 404,
  TIMEOUT_EXCEEDED: 408,
  QUERY_IS_TOO_LARGE: 413,
  NOT_IMPLEMENTED: 501,
  TOO_MANY_SIMULTANEOUS_QUERIES: 503,
};

export function statusOf(error: EngineError): number {
  return STATUS_BY_NAME[error.codeName] ?? 500;
}
