import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFormats } from '../texts/language.tsx';

const OPENED_BY = { hover: true, focus: true, touch: true };

/** "3 minutes ago"; the exact time with its zone on hover or touch. A day alone (`2026-11-24`) is shown as it is: nobody knows more. */
export function RelativeTime({ at, timeZone }: { at: string; timeZone?: string }) {
  const formats = useFormats();
  const [, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((minute) => minute + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  if (at.length === 10) return <time dateTime={at}>{formats.day(at)}</time>;
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Tooltip label={`${formats.instant(at, zone)} (${zone})`} events={OPENED_BY}>
      <time dateTime={at}>{formats.relative(at)}</time>
    </Tooltip>
  );
}
