/** A map of the countries, filled by a value each. Large: load it when it is looked at. */
import { Box } from '@mantine/core';
import { geoEqualEarth, geoPath } from 'd3-geo';
import isoCodes from 'i18n-iso-countries/codes.json';
import { useId, useMemo, useState } from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import styles from './world.module.css';

const [WIDTH, HEIGHT] = [640, 310];
const STEPS = 5;
/** Without Antarctica, which nobody visits from. */
const LEFT_OUT = '010';

const alpha2 = new Map((isoCodes as [string, string, string][]).map(([two, , numeric]) => [numeric, two]));

function shapes(): { code: string; path: string }[] {
  // The package's types know the file as plain JSON.
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.countries);
  const countries = features.filter(({ id }) => id !== LEFT_OUT);
  const projection = geoEqualEarth().fitSize([WIDTH, HEIGHT], { type: 'FeatureCollection', features: countries });
  const draw = geoPath(projection);
  return countries.map((country, index) => ({
    code: alpha2.get(String(country.id ?? '')) ?? `-${index}`,
    path: draw(country) ?? '',
  }));
}

export function World({
  label,
  value,
  describe,
  pick,
}: {
  label: string;
  /** Of a country (ISO 3166 alpha-2). Null: there is nothing to say. */
  value(code: string): number | 'suppressed' | null;
  describe(code: string): string;
  pick?: (code: string) => void;
}) {
  const hatch = useId();
  const countries = useMemo(shapes, []);
  const [read, setRead] = useState<string | null>(null);
  const values = new Map(countries.map(({ code }) => [code, value(code)]));
  const most = Math.max(1, ...[...values.values()].map((one) => (typeof one === 'number' ? one : 0)));
  return (
    <div className={styles.frame}>
      <Box
        component="svg"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className={styles.map}
        role="img"
        aria-label={label}
        onPointerMove={(event) => setRead(countryAt(event))}
        onPointerLeave={() => setRead(null)}
        onClick={(event) => {
          const code = countryAt(event);
          if (code && values.get(code) != null) pick?.(code);
        }}
      >
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles.hatch} x1="0" y1="0" x2="0" y2="5" />
          </pattern>
        </defs>
        {countries.map(({ code, path }) => (
          <path
            key={code}
            d={path}
            className={styles.country}
            data-country={code}
            data-step={stepOf(values.get(code), most)}
            data-pick={pick ? true : undefined}
            fill={values.get(code) === 'suppressed' ? `url(#${hatch})` : undefined}
          />
        ))}
      </Box>
      <div className={styles.read}>{read && !read.startsWith('-') ? describe(read) : '\u00a0'}</div>
    </div>
  );
}

/** The shape under the pointer; null over the sea. */
function countryAt({ target }: { target: EventTarget }): string | null {
  return target instanceof SVGPathElement ? (target.dataset.country ?? null) : null;
}

/** 1 to 5 by the square root: else one country would leave all others pale. Undefined where nothing is to be filled. */
function stepOf(value: number | 'suppressed' | null | undefined, most: number): number | undefined {
  if (typeof value !== 'number' || value === 0) return undefined;
  return Math.max(1, Math.ceil(Math.sqrt(value / most) * STEPS));
}
