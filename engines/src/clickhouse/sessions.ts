/** The sessions of one lane: one for each combination of database and settings, as settings stay with a session. */
import { Session } from 'chdb';
import { asEngineError, EngineError } from './errors.ts';
import { withinLimits } from './limits.ts';
import { type Answer, type Query, quote, quoteName } from './query.ts';
import type { Statement } from './statement.ts';

/** A program uses few combinations. Sessions are kept because closing one waits for every query that runs anywhere in the engine. */
const MOST_KEPT = 16;

export interface SessionOptions {
  dir: string;
  connectionArguments: string[];
  limits: Record<string, number>;
}

export class Sessions {
  readonly #options: SessionOptions;
  readonly #kept = new Map<string, Session>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Runs one query. Callers see to it that the one before is over. */
  async run(query: Query, statement: Statement): Promise<Answer> {
    const missing = [...statement.parameters].find((name) => query.parameters[name] === undefined);
    // The session may still hold a value of that name from another request, so the engine would not notice.
    if (missing) throw new EngineError(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${missing}\` is not set.`);
    const settings = withinLimits(query.settings, this.#options.limits);
    if (statement.forThisRequestOnly) {
      const session = await this.#open(query.database, settings);
      try {
        return await this.#runOn(session, query);
      } finally {
        session.close();
      }
    }
    return this.#runOn(await this.#find(query.database, settings), query);
  }

  close(): void {
    for (const session of this.#kept.values()) session.close();
    this.#kept.clear();
  }

  async #find(database: string | null, settings: Record<string, string>): Promise<Session> {
    const key = JSON.stringify([database, Object.entries(settings).sort()]);
    const session = this.#kept.get(key) ?? (await this.#open(database, settings));
    this.#kept.delete(key);
    this.#kept.set(key, session);
    const [oldest] = this.#kept;
    if (oldest && this.#kept.size > MOST_KEPT) {
      this.#kept.delete(oldest[0]);
      oldest[1].close();
    }
    return session;
  }

  async #open(database: string | null, settings: Record<string, string>): Promise<Session> {
    const session = new Session(this.#options.dir, { connectionArgs: this.#options.connectionArguments });
    try {
      if (database !== null) await session.queryAsync(`USE ${quoteName(database)}`);
      // In one statement: after readonly nothing else could be set.
      const list = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`);
      if (list.length > 0) await session.queryAsync(`SET ${list.join(', ')}`);
      return session;
    } catch (error) {
      session.close();
      throw asEngineError(error);
    }
  }

  async #runOn(session: Session, query: Query): Promise<Answer> {
    try {
      // Not by the binding's own parameters: those it lets through one at a time in the whole process, and they cannot say NULL.
      const list = Object.entries(query.parameters).map(([name, value]) => `param_${name} = ${quote(value)}`);
      if (list.length > 0) await session.queryAsync(`SET ${list.join(', ')}`);
      const result = await session.queryAsync(query.sql, { format: query.format });
      return { bytes: result.bytes(), rowsRead: result.rowsRead, bytesRead: result.bytesRead, seconds: result.elapsed };
    } catch (error) {
      await this.#drain(session);
      throw asEngineError(error);
    }
  }

  /**
   * What a failed query had already answered is kept by its connection and given out before the next answer: so the next one is a question
   * of our own, until it is answered with nothing but its answer. A session that does not come clean is not used again.
   */
  async #drain(session: Session): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = await session.queryAsync('SELECT 1', { format: 'TabSeparated' }).catch(() => null);
      if (answer?.text() === '1\n') return;
    }
    for (const [key, kept] of this.#kept) if (kept === session) this.#kept.delete(key);
    session.close();
  }
}
