/** `/improvement`: every number that is published, the newest week in full. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { ImprovementTable, PublishedTables, WeekTables } from '@avow/protocol/improvement/tables';
import { html } from 'hono/html';
import { type Html, type PageContext, page } from '../page.ts';
import { TEXTS } from '../texts/texts.ts';
import { shareBar, weekChart } from './charts.ts';
import { type Labels, labelsIn } from './labels.ts';
import type { Programme } from './programme.ts';

/** Fewer installations than this tell shares less exactly than ±5 percentage points. */
const VAGUE_BELOW = 384;

interface Told {
  context: PageContext;
  labels: Labels;
  tables: PublishedTables;
}

export function learntPage(context: PageContext, programme: Programme): Html {
  const t = TEXTS[context.language].improvement;
  const inForce = programme.configurations()?.current ?? null;
  const tables = programme.tables();
  const lang = `?lang=${context.language}`;
  const main = html`<h1>${t.title}</h1>
    <p class="lead">${t.lead}</p>
    ${inForce && html`<p>${t.how(tables?.threshold ?? inForce.thresholds.public)}</p>`}
    <ul class="links">
      <li><a href="/improvement/fields${lang}">${t.fieldsLink}</a></li>
      ${tables && html`<li><a href="/improvement/tables.csv" download>${t.csvLink}</a></li>`}
      ${inForce && html`<li><a href="/improvement/config.json">${t.configLink}</a></li>`}
    </ul>
    ${inForce && tables ? figures(context, inForce, tables) : nothingYet(context, inForce)}`;
  return page(context, { title: t.title, main, counted: 'view' });
}

function nothingYet({ language }: PageContext, inForce: SignedConfiguration | null): Html {
  const t = TEXTS[language].improvement;
  return html`<section class="promise" aria-labelledby="nothing">
    <h2 id="nothing">${t.nothing}</h2>
    ${inForce ? html`<p>${t.nothingWhy}${inForce.thresholds.public}.</p>` : html`<p>${t.fields.notYet}</p>`}
  </section>`;
}

function figures(context: PageContext, inForce: SignedConfiguration, tables: PublishedTables): Html {
  const t = TEXTS[context.language].improvement;
  const told: Told = { context, labels: labelsIn(context.language, inForce), tables };
  const products = [...new Set(tables.weeks.map(({ product }) => product))];
  return html`${products.map((product) =>
    productFigures(
      told,
      tables.weeks.filter((week) => week.product === product),
    ),
  )}
    <p class="version">${t.togetherWhy(tables.threshold)}</p>
    <p class="version">${t.published(told.labels.day(tables.published))}</p>`;
}

function productFigures(told: Told, weeks: readonly WeekTables[]): Html {
  const { labels, context, tables } = told;
  const t = TEXTS[context.language].improvement;
  const last = weeks.at(-1);
  if (!last) return html``;
  const points = weeks.map(({ week, actives }) => ({ week, value: actives }));
  const name = labels.product(last.product);
  const newOnes = last.tables.find(({ kind }) => kind === 'new-installations')?.total ?? null;
  const shown = last.tables.filter(({ kind, rows }) => kind !== 'new-installations' && rows.length > 0);
  return html`<section class="learnt">
    <h2>${name}</h2>
    <p class="version">${labels.week(last.week)}</p>
    <h3>${t.actives}</h3>
    ${weekChart(points, t.trend(points[0]?.week ?? '', last.week, name), labels.number)}
    ${last.actives === null ? html`<p>${t.activesTooFew(tables.threshold)}</p>` : ''}
    ${newOnes === null ? '' : html`<p>${t.newOnes(labels.number(newOnes))}</p>`}
    ${shown.map((table) => shareTable(told, table))}
  </section>`;
}

function shareTable({ labels, context }: Told, table: ImprovementTable): Html {
  const t = TEXTS[context.language].improvement;
  const { rows, other, kind } = table;
  const total = table.total ?? 0;
  const line = (label: string, installations: number, quiet = false) =>
    html`<tr class="${quiet ? 'together' : ''}">
      <th scope="row">${label}</th>
      <td class="bar-cell">${shareBar(installations / total)}</td>
      <td>${labels.number(installations)}</td>
      <td>${labels.percent(installations / total)}</td>
    </tr>`;
  return html`<table class="${total < VAGUE_BELOW ? 'shares vague' : 'shares'}">
    <caption>${labels.title(table)}</caption>
    <thead>
      <tr>
        <th scope="col">${t.column.label}</th>
        <td></td>
        <th scope="col">${t.column.installations}</th>
        <th scope="col">${t.column.share}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(({ label, installations }) => line(labels.of(table, label), installations))}
      ${other > 0 ? line(t.together, other, true) : ''}
    </tbody>
  </table>
  ${kind === 'applications' ? html`<p class="version">${t.overlap}</p>` : ''}
  ${total < VAGUE_BELOW ? html`<p class="version">${t.uncertain}</p>` : ''}`;
}
