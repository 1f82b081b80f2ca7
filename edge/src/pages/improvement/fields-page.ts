/** `/improvement/fields`: the field list with its reasons, from the signed configuration and nothing else. */
import type { Chart, PublishedConfigurations, SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { FACETS, type Facet, type Report, reportBytes, START_BUCKETS } from '@avow/protocol/improvement/report';
import { html } from 'hono/html';
import { type Html, type PageContext, page } from '../page.ts';
import { TEXTS } from '../texts/texts.ts';
import { labelsIn } from './labels.ts';
import type { Programme } from './programme.ts';

export function fieldsPage(context: PageContext, programme: Programme): Html {
  const t = TEXTS[context.language].improvement.fields;
  const published = programme.configurations();
  const main = html`<h1>${t.title}</h1>
    <p class="lead">${t.lead}</p>
    ${published ? list(context, published) : html`<p>${t.notYet}</p>`}
    <p><a href="/improvement?lang=${context.language}">${t.back}</a></p>`;
  return page(context, { title: t.title, main, counted: 'view' });
}

function list(context: PageContext, { current, log }: PublishedConfigurations): Html {
  const t = TEXTS[context.language].improvement.fields;
  const labels = labelsIn(context.language, current);
  const { schedule, thresholds } = current;
  const facets = FACETS.filter((facet) => current.charts.some((chart) => chart.facet === facet));
  return html`<p class="version">${t.list(current.fieldList, labels.day(current.created))}</p>
    ${facets.map((facet) => facetSection(context, current, facet))}
    <h2>${t.never}</h2>
    <ul>${t.neverList.map((line) => html`<li>${line}</li>`)}</ul>
    <h2>${t.way}</h2>
    <p>${t.wayText(schedule.messages, schedule.windowHours, schedule.keepWeeks)}</p>
    <h2>${t.kept}</h2>
    <p>${t.keptText(thresholds.public, thresholds.epsilon)}</p>
    <h2>${t.stop}</h2>
    <p>${t.stopText}</p>
    <h2>${t.log}</h2>
    <ul>
      ${log.toReversed().map((one) => html`<li>${t.logLine(one.version, labels.day(one.created), one.fieldList)}</li>`)}
    </ul>
    <p><a href="/improvement/config.json">${TEXTS[context.language].improvement.configLink}</a></p>`;
}

function facetSection(context: PageContext, configuration: SignedConfiguration, facet: Facet): Html {
  const { language } = context;
  const t = TEXTS[language].improvement.fields;
  const charts = configuration.charts.filter((chart) => chart.facet === facet);
  return html`<section class="facet" id="${facet}">
    <h2>${t.facets[facet]}</h2>
    <h3>${t.says}</h3>
    ${SAYS[facet](context, configuration)}
    <h3>${t.why}</h3>
    <dl>${charts.map((chart: Chart) => html`<dt>${chart.title[language]}</dt><dd>${chart.why[language]}</dd>`)}</dl>
    <h3>${t.message}</h3>
    <pre><code>${new TextDecoder().decode(reportBytes(example(configuration, facet)))}</code></pre>
    <p class="version">${t.messageWhy}</p>
  </section>`;
}

type Says = (context: PageContext, configuration: SignedConfiguration) => Html;

const names = (all: readonly { name: string }[]): string => all.map(({ name }) => name).join(', ');

const SAYS: Record<Facet, Says> = {
  base({ language }, { products, osVersions, countries }) {
    const { fields: t, systems } = TEXTS[language].improvement;
    const regions = new Intl.DisplayNames(language, { type: 'region' });
    const named = countries
      .map((country) => regions.of(country) ?? country)
      .sort((a, b) => a.localeCompare(b, language));
    return html`<dl>
      <dt>${t.base.product}</dt><dd>${names(products)}</dd>
      <dt>${t.base.version}</dt>
      ${products.map(({ name, versions }) => html`<dd>${name}: ${versions.join(', ')}. ${t.anyOther}</dd>`)}
      <dt>${t.base.os}</dt>
      ${(['windows', 'macos', 'linux'] as const).map((os) => html`<dd>${systems[os]}: ${osVersions[os].join(', ')}</dd>`)}
      <dd>${t.anyOther}</dd>
      <dt>${t.base.country}</dt><dd>${named.join(', ')}</dd><dd>${t.base.countryHow}</dd>
    </dl>`;
  },
  age({ language }) {
    const t = TEXTS[language].improvement.fields;
    return html`<dl><dt>${t.age.installed}</dt><dd>${t.age.how}</dd></dl>`;
  },
  apps({ language }, { products }) {
    const t = TEXTS[language].improvement.fields;
    return html`<dl>
      <dt>${t.apps.applications}</dt>
      ${products.map(({ applications }) => html`<dd>${names(applications)}</dd>`)}
      <dd>${t.apps.how}</dd>
    </dl>`;
  },
  starts({ language }) {
    const { fields: t, times } = TEXTS[language].improvement;
    return html`<dl>
      <dt>${t.starts.starts}</dt>
      <dd>${t.starts.how} ${START_BUCKETS.map(times).join('; ')}.</dd>
    </dl>`;
  },
};

/** The newest of everything, so that the example is one that can be sent. */
function example({ fieldList, products, osVersions, countries }: SignedConfiguration, facet: Facet): Report {
  const [suite] = products;
  const product = suite?.id ?? '';
  const applications = suite?.applications.slice(0, 3).map(({ id }) => id) ?? [];
  const head = { fieldList, week: '2026-W40', nonce: 'XpLk3vT0mYw8Qd1HsR6fJA' };
  if (facet === 'age') return { ...head, facet, product, installed: '2026-05' };
  if (facet === 'apps') return { ...head, facet, product, applications: applications.sort() };
  if (facet === 'starts') return { ...head, facet, product, application: applications[0] ?? '', starts: '6-10' };
  return {
    ...head,
    facet,
    product,
    version: suite?.versions.at(-1) ?? 'other',
    os: 'windows',
    osVersion: osVersions.windows.at(-1) ?? 'other',
    country: countries[0] ?? 'other',
  };
}
