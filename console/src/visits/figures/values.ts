/** The words for values of dimensions: names of countries, languages, devices; what is not known. */

import { readableAddress } from '@avow/protocol/readable-address';
import type { Language } from '@avow/protocol/refusals';
import type { AnyDimension, DimensionName } from '@avow/protocol/staff/visits';
import { useMemo } from 'react';
import { useLanguage } from '../../texts/language.tsx';
import { useSource } from '../asking/source.tsx';
import { texts } from '../texts.ts';

type Say = ReturnType<typeof texts.useTexts>;

function namesOf(language: Language, type: 'region' | 'language'): (code: string) => string {
  const names = new Intl.DisplayNames([language], { type, fallback: 'code' });
  return (code) => {
    try {
      return names.of(code) ?? code;
    } catch {
      // Not a code at all: shown as it came.
      return code;
    }
  };
}

export function dimensionLabel(say: Say, dimension: AnyDimension): string {
  if (dimension.startsWith('property:')) return say.property(dimension.slice('property:'.length));
  return say.dimension[dimension as DimensionName];
}

/** How a value of a dimension is written. */
export function useValueLabel(): (dimension: AnyDimension, value: string) => string {
  const say = texts.useTexts();
  const language = useLanguage();
  const { house } = useSource();
  return useMemo(() => {
    const region = namesOf(language, 'region');
    const tongue = namesOf(language, 'language');
    const own = (words: Record<string, string>, value: string) => words[value] ?? value;
    return (dimension, value) => {
      if (dimension === 'site') return house.sites.find(({ id }) => id === value)?.name ?? value;
      if (dimension === 'source' && value === '') return say.noSource;
      if (value === '') return say.unknown;
      if (dimension === 'country') return region(value);
      if (dimension === 'language') return tongue(value);
      if (dimension === 'device') return own(say.device, value);
      if (dimension === 'channel') return own(say.channel, value);
      return readableAddress(value);
    };
  }, [say, language, house]);
}
