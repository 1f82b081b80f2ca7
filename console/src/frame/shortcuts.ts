/**
 * Keyboard shortcuts, in one list: what a page offers while it is shown is on the sheet (`?`) and acts. `g v` is g, then v. Keys
 * typed into a field are the field's.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** As shown: `?`, `g v`, `mod+k` (Ctrl, or the command key on a Mac). */
  keys: string;
  label: string;
  /** Heading on the sheet. */
  group: string;
  act(): void;
}

const SEQUENCE_MS = 1_200;

let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
let pending: { key: string; until: number } | null = null;

function change(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const listener of listeners) listener();
}

/** Offers shortcuts while the component is shown. The newest one wins where two have the same keys. */
export function useShortcuts(offered: readonly Shortcut[]): void {
  const latest = useRef(offered);
  latest.current = offered;
  // Labels and keys decide whether the list changed; the acts may be new with each drawing.
  const identity = JSON.stringify(offered);
  useEffect(() => {
    void identity;
    const mine = latest.current.map((shortcut, index) => ({
      ...shortcut,
      act: () => latest.current[index]?.act(),
    }));
    change([...shortcuts, ...mine]);
    return () => change(shortcuts.filter((shortcut) => !mine.includes(shortcut)));
  }, [identity]);
}

/** Everything that is offered at the moment. */
export function useShortcutList(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shortcuts,
  );
}

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

/** Starts listening; the answer ends it. */
export function listenToKeys(): () => void {
  const listen = (event: KeyboardEvent): void => {
    const keys = keysOf(event);
    if (keys === null || event.defaultPrevented) return;
    const modified = keys.startsWith('mod+');
    // A dialogue has the keyboard for itself.
    if (!modified && (typing(event.target) || document.querySelector('[role="dialog"]'))) return;
    const first = pending && pending.until > event.timeStamp ? pending.key : null;
    pending = null;
    const found = shortcuts.findLast((shortcut) => shortcut.keys === (first ? `${first} ${keys}` : keys));
    if (found) {
      event.preventDefault();
      found.act();
    } else if (shortcuts.some((shortcut) => shortcut.keys.startsWith(`${keys} `))) {
      pending = { key: keys, until: event.timeStamp + SEQUENCE_MS };
    }
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

function keysOf(event: KeyboardEvent): string | null {
  if (event.altKey || event.isComposing || event.key.length > 1) return null;
  return event.ctrlKey || event.metaKey ? `mod+${event.key.toLowerCase()}` : event.key;
}
