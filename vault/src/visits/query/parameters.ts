/** Values of a query, which only ever travel beside its text. */

/** ClickHouse types that values of questions may have. */
type ParameterType = 'String' | 'Array(String)' | 'Date' | 'Array(Date)' | 'UInt32';

export type ParameterValues = Record<string, string | number | readonly string[]>;

export class Parameters {
  readonly values: ParameterValues = {};
  readonly #placeholders = new Map<string, string>();

  /** The place in the text where the value goes. The same value has one place. */
  add(value: string | number | readonly string[], type: ParameterType): string {
    const key = JSON.stringify([type, value]);
    const known = this.#placeholders.get(key);
    if (known) return known;
    const name = `p${this.#placeholders.size}`;
    const placeholder = `{${name}:${type}}`;
    this.values[name] = value;
    this.#placeholders.set(key, placeholder);
    return placeholder;
  }

  /** Those that the text has a place for. */
  of(text: string): ParameterValues {
    return Object.fromEntries(Object.entries(this.values).filter(([name]) => text.includes(`{${name}:`)));
  }
}
