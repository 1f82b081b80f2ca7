/**
 * JSON can carry strings that no database column and no mail can: a NUL character ends a PostgreSQL text, half a surrogate pair
 * has no UTF-8. They are refused here, once, for every route.
 */

const MAX_DEPTH = 16;

function storable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Path of the first such string; `too deep` for nesting that no form has; null when all is well. */
export function findUnstorableText(body: unknown): string | 'too deep' | null {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && !storable(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MAX_DEPTH) return 'too deep';
    for (const [key, inner] of Object.entries(value)) {
      if (!storable(key)) return path;
      waiting.push({ value: inner, path: path ? `${path}.${key}` : key, depth: depth + 1 });
    }
  }
  return null;
}
