/** Countries on the map; the table beside it says the same in words. */
import type { ShareTable } from '@avow/protocol/staff/improvement';
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { WORLD_RATIO } from '../frame/world-ratio.ts';
import { useFormats } from '../texts/language.tsx';
import { type Product, useLabels } from './labels.ts';
import { type Limits, TablePanel } from './table-panel.tsx';
import { texts } from './texts.ts';

const World = lazy(async () => ({ default: (await import('../frame/world.tsx')).World }));

export function CountriesPanel({ product, week, limits }: { product: Product; week: string; limits: Limits }) {
  const say = texts.useTexts();
  return (
    <TablePanel
      asked={{ product, week, kind: 'countries' }}
      title={say.countries}
      hint={say.countriesHint}
      limits={limits}
      above={(table) => (
        <Suspense fallback={<Skeleton height="auto" style={{ aspectRatio: WORLD_RATIO }} />}>
          <CountryMap table={table} product={product} />
        </Suspense>
      )}
    />
  );
}

function CountryMap({ table, product }: { table: ShareTable; product: Product }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const label = useLabels(product);
  const counts = new Map(table.rows.map((row) => [row.label, row.installations]));
  return (
    <World
      label={say.map}
      value={(code) => (counts.has(code) ? (counts.get(code) ?? 'suppressed') : null)}
      describe={(code) => {
        const count = counts.get(code);
        const told = count === null ? say.withheld : count === undefined ? '–' : number(count);
        return `${label('countries', code)}: ${told}`;
      }}
    />
  );
}
