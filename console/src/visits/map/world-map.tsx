/** Countries by visitors, on a map. The table beside it says the same in words. */
import type { Answer, Figure } from '@avow/protocol/staff/visits';
import { Box } from '@mantine/core';
import { geoEqualEarth, geoPath } from 'd3-geo';
import isoCodes from 'i18n-iso-countries/codes.json';
import { useId, useMemo, useState } from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import { useFormats } from '../../texts/language.tsx';
import { useValueLabel } from '../figures/values.ts';
import { texts } from '../texts.ts';
import styles from './map.module.css';

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

export function WorldMap({ answer, pick }: { answer: Answer; pick(country: string): void }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const told = useValueLabel();
  const hatch = useId();
  const countries = useMemo(shapes, []);
  const [read, setRead] = useState<string | null>(null);
  const figures = new Map(
    answer.rows.map(({ dimensions, figures: { visitors } }) => [dimensions.country ?? '', visitors]),
  );
  const most = Math.max(1, ...[...figures.values()].map((figure) => figure?.value ?? 0));
  const describe = (code: string): string => {
    const figure = figures.get(code);
    const count = figure?.suppressed ? say.suppressed.few(answer.suppressedBelow) : number(figure?.value ?? 0);
    return `${told('country', code)}: ${count}`;
  };
  return (
    <div className={styles.frame}>
      <Box
        component="svg"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className={styles.map}
        role="img"
        aria-label={say.list.map}
        onPointerMove={(event) => setRead(countryAt(event))}
        onPointerLeave={() => setRead(null)}
        onClick={(event) => {
          const code = countryAt(event);
          if (code && figures.has(code)) pick(code);
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
            data-step={stepOf(figures.get(code), most)}
            fill={figures.get(code)?.suppressed ? `url(#${hatch})` : undefined}
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
function stepOf(figure: Figure | undefined, most: number): number | undefined {
  if (!figure?.value) return undefined;
  return Math.max(1, Math.ceil(Math.sqrt(figure.value / most) * STEPS));
}
