/** One step of a goal or funnel: what happens, with which value. */
import type { Ground, Step } from '@avow/protocol/staff/visits';
import { Autocomplete, Select, SimpleGrid } from '@mantine/core';
import { useSuggestions } from '../filters/filter-form.tsx';
import { texts } from '../texts.ts';

const KINDS = ['page', 'event', 'outbound', 'download', 'form'] as const;
type StepKind = (typeof KINDS)[number];

const OPERATORS = ['is', 'starts with', 'contains'] as const;

export const FIRST_STEP: Step = { dimension: 'page', operator: 'is', values: [''] };

export function isComplete({ values }: Step): boolean {
  return (values[0] ?? '').trim() !== '';
}

export function StepFields({
  step,
  change,
  ground,
  label,
}: {
  step: Step;
  change(step: Step): void;
  ground: Ground;
  label: string;
}) {
  const say = texts.useTexts();
  const suggestions = useSuggestions(ground, step.dimension);
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing={6} style={{ alignItems: 'end' }}>
      <Select
        size="xs"
        label={label}
        data={KINDS.map((value) => ({ value, label: say.step[value] }))}
        value={step.dimension}
        allowDeselect={false}
        onChange={(value) => change({ ...step, dimension: (value ?? 'page') as StepKind, values: [''] })}
      />
      <Select
        size="xs"
        aria-label={say.filter.how}
        data={OPERATORS.map((value) => ({ value, label: say.filter[value] }))}
        value={step.operator}
        allowDeselect={false}
        onChange={(value) => change({ ...step, operator: OPERATORS.find((one) => one === value) ?? 'is' })}
      />
      <Autocomplete
        size="xs"
        aria-label={say.filter.value}
        data={suggestions.labels}
        value={step.values[0] ?? ''}
        maxLength={500}
        onChange={(value) => {
          suggestions.search(value);
          change({ ...step, values: [value] });
        }}
      />
    </SimpleGrid>
  );
}
