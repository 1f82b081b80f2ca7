/** Which errors of the database pass by themselves, and how any error is logged: by its kind, never with its contents. */

/** SQLSTATE classes and codes: connection lost, server shutting down or starting, too many clients, serialisation, deadlock. */
const TRANSIENT_STATES = /^(08|57P0[1-3]|53300|40001|40P01|25006)/;
const TRANSIENT_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** node-postgres gives these two no code. */
const TRANSIENT_MESSAGES = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TRANSIENT_STATES.test(code) || TRANSIENT_SYSTEM.has(code) || TRANSIENT_MESSAGES.test(error.message)) return true;
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  return error.cause !== undefined && isTransient(error.cause);
}

interface LoggedError {
  kind: string;
  code?: string;
  constraint?: string;
  /** Where it was thrown: file and line, no message. */
  at: string[];
}

/** A message may quote what somebody typed (`Key (email)=(…) already exists`), so it is left out. */
export function withoutContents(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const text = (name: 'code' | 'constraint') => {
    const value: unknown = name in error ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return {
    kind: error.name === 'Error' ? error.constructor.name : error.name,
    ...text('code'),
    ...text('constraint'),
    at,
  };
}
