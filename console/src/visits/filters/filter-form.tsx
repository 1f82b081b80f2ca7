/** A filter by hand: what, how, which values; the values there are come as suggestions. */
import type { AnyDimension, DimensionName, Filter, Ground } from '@avow/protocol/staff/visits';
import { Button, Checkbox, Group, Select, Stack, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type SubmitEvent, useState } from 'react';
import { usePanel } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import { dimensionLabel, useValueLabel } from '../figures/values.ts';
import { texts } from '../texts.ts';
import styles from './filters.module.css';

const FILTERABLE = [
  'page',
  'entryPage',
  'exitPage',
  'source',
  'channel',
  'referrer',
  'utmCampaign',
  'utmSource',
  'utmMedium',
  'utmContent',
  'utmTerm',
  'country',
  'language',
  'device',
  'browser',
  'os',
  'event',
  'outbound',
  'download',
  'notFound',
  'form',
] as const satisfies readonly DimensionName[];

const OPERATORS = ['is', 'is not', 'contains', 'starts with'] as const satisfies readonly Filter['operator'][];

/** Of single events; whole visits may be meant instead. */
const OF_EVENTS: ReadonlySet<string> = new Set(['page', 'event', 'outbound', 'download', 'notFound', 'form']);

const isEventDimension = (dimension: AnyDimension) => OF_EVENTS.has(dimension) || dimension.startsWith('property:');

export function FilterForm({ ground, add }: { ground: Ground; add(filter: Filter): void }) {
  const say = texts.useTexts();
  const { house } = useSource();
  const [dimension, setDimension] = useState<AnyDimension>('page');
  const [operator, setOperator] = useState<Filter['operator']>('is');
  const [values, setValues] = useState<string[]>([]);
  const [inVisit, setInVisit] = useState(false);
  const suggestions = useSuggestions(ground, dimension);
  const properties = [...new Set(house.sites.flatMap(({ events }) => events.flatMap((event) => event.properties)))];
  const choices: AnyDimension[] = [...FILTERABLE, ...properties.map((name) => `property:${name}` as const)];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (values.length === 0) return;
    const chosen = operator.startsWith('is') ? values.map(suggestions.codeOf) : values;
    add({
      dimension,
      operator,
      values: chosen,
      ...(inVisit && isEventDimension(dimension) && { within: 'visit' as const }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select
            label={say.filter.what}
            data={choices.map((value) => ({ value, label: dimensionLabel(say, value) }))}
            value={dimension}
            allowDeselect={false}
            searchable
            onChange={(value) => {
              setDimension((value ?? 'page') as AnyDimension);
              setValues([]);
            }}
          />
          <Select
            label={say.filter.how}
            data={OPERATORS.map((value) => ({ value, label: say.filter[value] }))}
            value={operator}
            allowDeselect={false}
            onChange={(value) => setOperator(OPERATORS.find((one) => one === value) ?? 'is')}
          />
        </Group>
        <TagsInput
          label={say.filter.value}
          description={say.filter.values}
          value={values}
          onChange={setValues}
          onSearchChange={suggestions.search}
          data={suggestions.labels}
          acceptValueOnBlur
          classNames={{ inputField: styles.inner }}
          data-autofocus
        />
        {isEventDimension(dimension) && (
          <Checkbox
            label={say.filter.inVisit}
            checked={inVisit}
            onChange={(event) => setInVisit(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={values.length === 0}>
            {say.filter.apply}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The values with most visits, in the words of the reader; and back from the words to the values. */
export function useSuggestions(ground: Ground, dimension: AnyDimension) {
  const label = useValueLabel();
  const [typed, search] = useState('');
  const [wanted] = useDebouncedValue(typed, 200);
  const coded =
    dimension === 'country' || dimension === 'language' || dimension === 'channel' || dimension === 'device';
  const filters = wanted && !coded ? [{ dimension, operator: 'contains' as const, values: [wanted] }] : [];
  const answer = usePanel(
    { ...ground, filters: [...(ground.filters ?? []), ...filters] },
    { metrics: ['visitors'], dimensions: [dimension], limit: coded ? 250 : 30 },
  );
  const codes = new Map(
    (answer.data?.rows ?? []).flatMap(({ dimensions }): [string, string][] => {
      const code = dimensions[dimension] ?? '';
      return code === '' ? [] : [[label(dimension, code), code]];
    }),
  );
  return { search, labels: [...codes.keys()], codeOf: (text: string) => codes.get(text) ?? text };
}
