/** What another configuration changes for the participants, in words, and whether it tells more of them than before. */
import type { ConfigurationContent } from '@avow/protocol/improvement/configuration';

export interface Change {
  what: string;
  /** More leaves the machine than before: who agreed has to be asked again. */
  widens: boolean;
}

type Content = ConfigurationContent;

function listed(before: readonly string[], after: readonly string[], what: string, widens: boolean): Change[] {
  return [
    ...after.filter((id) => !before.includes(id)).map((id) => ({ what: `${what} ${id} is new`, widens })),
    ...before.filter((id) => !after.includes(id)).map((id) => ({ what: `${what} ${id} is gone`, widens: false })),
  ];
}

const idsOf = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);

function charts(before: Content, after: Content): Change[] {
  const facets = (content: Content) => [...new Set(content.charts.map(({ facet }) => facet))];
  const reworded = after.charts.filter((chart) => {
    const old = before.charts.find(({ id }) => id === chart.id);
    return old && JSON.stringify([old.title, old.why]) !== JSON.stringify([chart.title, chart.why]);
  });
  const moved = after.charts.filter((chart) =>
    before.charts.some(({ id, facet }) => id === chart.id && facet !== chart.facet),
  );
  return [
    ...listed(facets(before), facets(after), 'the facet', true),
    ...listed(idsOf(before.charts), idsOf(after.charts), 'the chart', true),
    // What somebody agreed to is the reason, too.
    ...reworded.map(({ id }) => ({ what: `the chart ${id} has another title or reason`, widens: true })),
    ...moved.map(({ id }) => ({ what: `the chart ${id} needs another facet`, widens: true })),
  ];
}

function products(before: Content, after: Content): Change[] {
  const inBoth = after.products.flatMap((product) => {
    const old = before.products.find(({ id }) => id === product.id);
    return old ? [{ old, product }] : [];
  });
  return [
    ...listed(idsOf(before.products), idsOf(after.products), 'the product', true),
    ...inBoth.flatMap(({ old, product }) => [
      ...listed(old.versions, product.versions, `${product.id}: the version`, false),
      ...listed(idsOf(old.applications), idsOf(product.applications), `${product.id}: the application`, false),
      ...(old.name === product.name ? [] : [{ what: `${product.id} is called ${product.name}`, widens: false }]),
      ...product.applications
        .filter(({ id, name }) => old.applications.some((other) => other.id === id && other.name !== name))
        .map(({ id, name }) => ({ what: `${product.id}: ${id} is called ${name}`, widens: false })),
    ]),
  ];
}

function numbers(before: Content, after: Content): Change[] {
  const changed = (what: string, old: number, now: number, widens: boolean) =>
    old === now ? [] : [{ what: `${what}: ${now} instead of ${old}`, widens }];
  const { schedule: s, thresholds: t } = before;
  const { schedule, thresholds } = after;
  return [
    ...changed('messages a week', s.messages, schedule.messages, schedule.messages > s.messages),
    ...changed('hours in which they leave', s.windowHours, schedule.windowHours, schedule.windowHours < s.windowHours),
    ...changed('weeks that an unsent one is kept', s.keepWeeks, schedule.keepWeeks, schedule.keepWeeks > s.keepWeeks),
    ...changed('public threshold', t.public, thresholds.public, thresholds.public < t.public),
    ...changed('threshold for staff', t.operator, thresholds.operator, thresholds.operator < t.operator),
    ...changed('epsilon', t.epsilon, thresholds.epsilon, thresholds.epsilon > t.epsilon),
  ];
}

/** `before` null: nothing was signed yet, so all of it is new, and nobody has agreed to anything. */
export function changesBetween(before: Content | null, after: Content): Change[] {
  if (before === null) return [{ what: 'the first configuration', widens: true }];
  const families = ['windows', 'macos', 'linux'] as const;
  return [
    ...charts(before, after),
    ...products(before, after),
    ...families.flatMap((os) => listed(before.osVersions[os], after.osVersions[os], `${os}: the version`, false)),
    ...listed(before.countries, after.countries, 'the country', true),
    ...numbers(before, after),
  ];
}
