/** `/avow-history.js`: navigation by script, in browsers that do not tell of it themselves (before 2026: Firefox, Safari). */
import type { Part } from '../part.ts';

export const start: Part['start'] = (_, navigated) => {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = (...change) => {
      original.apply(history, change);
      navigated();
    };
  }
  for (const name of ['popstate', 'hashchange']) addEventListener(name, navigated);
};
