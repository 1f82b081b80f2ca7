import { useFormats } from '../texts/language.tsx';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in the unit people would name: "1.4 GB". */
export function useBytes(): (bytes: number) => string {
  const { number } = useFormats();
  return (bytes) => {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
    const value = bytes / 1024 ** step;
    return number(value, { style: 'unit', unit: UNITS[step], maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 });
  };
}
