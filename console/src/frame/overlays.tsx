/** The command palette and the sheet of shortcuts; loaded when they are asked for. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useShortcuts } from './shortcuts.ts';
import { texts } from './texts.ts';

const loadPalette = () => import('./command-palette.tsx');

const CommandPalette = lazy(() => loadPalette().then((part) => ({ default: part.CommandPalette })));
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx').then((part) => ({ default: part.ShortcutSheet })));

export function useOverlays() {
  const say = texts.useTexts();
  const [shown, setShown] = useState<'palette' | 'shortcuts' | null>(null);
  // Who presses Ctrl+K types on at once: it must not have to be fetched then.
  useEffect(() => {
    const timer = setTimeout(loadPalette, 500);
    return () => clearTimeout(timer);
  }, []);
  const close = () => setShown(null);
  const showShortcuts = () => setShown('shortcuts');
  useShortcuts([
    {
      keys: 'mod+k',
      label: say.palette.title,
      group: say.everywhere,
      act: () => setShown((before) => (before === 'palette' ? null : 'palette')),
    },
    { keys: '?', label: say.shortcuts.title, group: say.everywhere, act: showShortcuts },
  ]);
  return {
    openPalette: () => setShown('palette'),
    overlays: (
      <Suspense>
        {shown === 'palette' && <CommandPalette close={close} showShortcuts={showShortcuts} />}
        {shown === 'shortcuts' && <ShortcutSheet close={close} />}
      </Suspense>
    ),
  };
}
