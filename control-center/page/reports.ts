/** What will leave, message by message, and what did (acceptance: the bytes are shown before, and logged as they were sealed). */
import type { ReportContent } from '@avow/protocol/improvement/report';
import type { LogEntry } from '@avow/sdk/log/sent-log';
import type { ShownReport } from '../src/state.ts';
import { h } from './dom.ts';
import { confirmed, momentIn, section, toldAt } from './parts.ts';
import type { View } from './view.ts';

/** One line of plain words for a message. */
function inWords({ state, texts, language }: View, content: ReportContent): string {
  const named = (id: string) => state.applications[id] ?? id;
  switch (content.facet) {
    case 'base': {
      const place = /^[A-Z]{2}$/.test(content.country)
        ? (new Intl.DisplayNames(language, { type: 'region' }).of(content.country) ?? content.country)
        : content.country;
      return `${content.product} ${content.version}, ${content.os} ${content.osVersion}, ${place}`;
    }
    case 'age':
      return `${content.product}: ${content.installed}`;
    case 'apps': {
      const ids = 'applications' in content ? content.applications : [content.application];
      return ids.map(named).join(', ');
    }
    case 'starts':
      return `${named(content.application)}: ${content.starts}`;
    case 'none':
      return texts.filler;
  }
}

function headingOf({ texts }: View, content: ReportContent): string | null {
  return content.facet === 'none' ? null : texts.facets[content.facet].name;
}

function messages(view: View, id: string, reports: readonly ShownReport[]): HTMLElement {
  const { texts, language } = view;
  return h(
    'ul',
    { class: 'messages' },
    ...reports.map(({ content, body, notBefore, attempts }, index) => {
      const when = notBefore === null ? texts.notOver : texts.leaves(momentIn(language, notBefore));
      const heading = headingOf(view, content);
      return h(
        'li',
        {},
        heading !== null && h('strong', {}, heading),
        h('span', {}, inWords(view, content)),
        h('span', { class: 'quiet' }, attempts > 0 ? `${when}; ${texts.tried(attempts)}` : when),
        h('details', { id: `${id}-${index}` }, h('summary', {}, texts.bytes), h('pre', {}, body)),
      );
    }),
  );
}

export function nextSection(view: View): HTMLElement {
  const { state, texts } = view;
  const { takesPart } = state.participation;
  const byWeek = Map.groupBy(state.next, ({ week }) => week);
  return section(
    'next',
    texts.next,
    h('p', {}, texts.nextLead),
    !takesPart && h('p', { class: 'quiet' }, texts.nextOff),
    takesPart && state.next.length === 0 && h('p', { class: 'quiet' }, texts.nextNone),
    ...[...byWeek].flatMap(([week, reports]) => {
      const [telling, fillers] = [true, false].map((tells) =>
        reports.filter(({ content }) => (content.facet !== 'none') === tells),
      );
      return [
        h('h3', {}, texts.week(week)),
        messages(view, `next-${week}`, telling ?? []),
        fillers !== undefined &&
          fillers.length > 0 &&
          h(
            'details',
            { id: `fillers-${week}` },
            h('summary', {}, texts.fillers(fillers.length)),
            messages(view, `filler-${week}`, fillers),
          ),
      ];
    }),
  );
}

type Outcome = 'accepted' | 'failed' | 'stopped' | 'open';

/** Of each line that a message left: what came of it, as far as that is known. */
function outcomesOf(entries: readonly LogEntry[]): Map<number, Outcome> {
  return new Map(entries.flatMap((entry) => (entry.event === 'leaving' ? [] : [[entry.of, entry.event] as const])));
}

export function sentSection(view: View): HTMLElement {
  const { state, texts, language, run } = view;
  const { entries, brokenAt, unreadable } = state.sent;
  const left = entries.filter((entry) => entry.event === 'leaving');
  const outcomes = outcomesOf(entries);
  const remove = () => void run('sent', '/api/sent-log/delete');
  return section(
    'sent',
    texts.sent,
    h('p', {}, texts.sentLead),
    toldAt(view, 'sent'),
    left.length === 0 && h('p', { class: 'quiet' }, texts.sentNone),
    left.length > 0 && brokenAt === null && h('p', { class: 'standing on' }, texts.intact(left.length)),
    brokenAt !== null && h('p', { class: 'standing bad' }, texts.broken(brokenAt)),
    unreadable.length > 0 && h('p', { class: 'standing bad' }, texts.unreadable(unreadable.length)),
    ...[...Map.groupBy(left.toReversed(), ({ week }) => week)].map(([week, ofWeek], index) =>
      h(
        'details',
        { id: `sent-${week}`, open: index === 0 },
        h('summary', {}, `${texts.week(week)} (${ofWeek.length})`),
        h(
          'ol',
          { class: 'messages' },
          ...ofWeek.map(({ n, at, body }) =>
            h(
              'li',
              { value: String(n) },
              h('span', {}, momentIn(language, at)),
              h('span', { class: 'quiet' }, texts.outcome[outcomes.get(n) ?? 'open']),
              h('pre', {}, body),
            ),
          ),
        ),
      ),
    ),
    entries.length + unreadable.length > 0 &&
      confirmed({
        id: 'delete-log',
        label: texts.deleteLog,
        effect: texts.deleteLogEffect,
        really: texts.reallyDelete,
        cancel: texts.cancel,
        act: remove,
      }),
  );
}
