/** Filters as they stand in an address, in letters that no browser rewrites: `country*is*DE*AT**source*visit.not*Google`. */
import type { AnyDimension, Filter } from '@avow/protocol/staff/visits';

const OPERATORS = { is: 'is', not: 'is not', has: 'contains', starts: 'starts with' } as const satisfies Record<
  string,
  Filter['operator']
>;
type OperatorWord = keyof typeof OPERATORS;

/** Marks a filter of visits in which something happened. */
const IN_VISIT = 'visit.';
/** Stands for an empty value. */
const EMPTY = '_';

const isOperatorWord = (word: string): word is OperatorWord => Object.hasOwn(OPERATORS, word);

function wordOf(operator: Filter['operator']): OperatorWord {
  const words = Object.keys(OPERATORS).filter(isOperatorWord);
  return words.find((word) => OPERATORS[word] === operator) ?? 'is';
}

function hide(text: string): string {
  if (text === '') return EMPTY;
  const safe = text.replace(/[%*]/g, (letter) => (letter === '%' ? '%25' : '%2A'));
  return safe.startsWith(EMPTY) ? `%5F${safe.slice(1)}` : safe;
}

function show(text: string): string {
  return text === EMPTY
    ? ''
    : text.replace(/%(25|2A|5F)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

export function writeFilters(filters: readonly Filter[]): string {
  return filters
    .map(({ dimension, operator, values, within }) =>
      [hide(dimension), (within === 'visit' ? IN_VISIT : '') + wordOf(operator), ...values.map(hide)].join('*'),
    )
    .join('**');
}

/** What cannot be read is left out: addresses are typed and cut off. The vault checks the rest. */
export function readFilters(text: string): Filter[] {
  return text.split('**').flatMap((part): Filter[] => {
    const [name, told = '', ...values] = part.split('*');
    const within = told.startsWith(IN_VISIT);
    const word = within ? told.slice(IN_VISIT.length) : told;
    if (!name || values.length === 0 || values.includes('') || !isOperatorWord(word)) return [];
    return [
      {
        dimension: show(name) as AnyDimension,
        operator: OPERATORS[word],
        values: values.map(show),
        ...(within && { within: 'visit' as const }),
      },
    ];
  });
}

/** With the value added to a filter of the dimension, or taken out of it again. */
export function toggleFilter(
  filters: readonly Filter[],
  { dimension, operator, value }: { dimension: AnyDimension; operator: 'is' | 'is not'; value: string },
): Filter[] {
  const at = filters.findIndex(
    (filter) => filter.dimension === dimension && filter.operator === operator && !filter.within,
  );
  const known = filters[at];
  if (!known) return [...filters, { dimension, operator, values: [value] }];
  const values = known.values.includes(value)
    ? known.values.filter((other) => other !== value)
    : [...known.values, value];
  const rest = filters.filter((_, index) => index !== at);
  return values.length === 0 ? rest : [...rest.slice(0, at), { ...known, values }, ...rest.slice(at)];
}
