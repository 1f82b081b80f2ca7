/**
 * For counting a start, which loads nothing else of Node: `import … from 'node:fs'` would load all that hangs on it, `fs/promises`
 * included, and take 2 ms (Node 24).
 */
export const fs = process.getBuiltinModule('node:fs');
