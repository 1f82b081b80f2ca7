/** The filters in force, each of which can be taken away. */
import type { Filter, Saved } from '@avow/protocol/staff/visits';
import { CloseButton, Group, Text } from '@mantine/core';
import { useFormats } from '../../texts/language.tsx';
import { dimensionLabel, useValueLabel } from '../figures/values.ts';
import { QuietButton } from '../head/quiet-button.tsx';
import { texts } from '../texts.ts';
import styles from './filters.module.css';

export function FilterBar({
  filters,
  setFilters,
  segment,
  leaveSegment,
  keptSince,
}: {
  filters: readonly Filter[];
  setFilters(filters: Filter[]): void;
  segment: Saved | undefined;
  leaveSegment(): void;
  /** Where filters cannot reach the whole period: the day since which they do. */
  keptSince: string | null;
}) {
  const say = texts.useTexts();
  const describe = useDescribeFilter();
  if (filters.length === 0 && !segment) return null;
  return (
    <section className={styles.bar} aria-label={say.filter.title}>
      {segment && (
        <Group gap={2} className={styles.pill} wrap="nowrap">
          <Text size="sm">{say.segment.chosen(segment.name)}</Text>
          <CloseButton size="sm" aria-label={say.segment.leave} onClick={leaveSegment} />
        </Group>
      )}
      {filters.map((filter, index) => {
        const text = describe(filter);
        return (
          <Group key={text} gap={2} className={styles.pill} wrap="nowrap" data-filter>
            <Text size="sm" truncate title={text}>
              {text}
            </Text>
            <CloseButton
              size="sm"
              aria-label={say.filter.remove(text)}
              onClick={() => setFilters(filters.filter((_, other) => other !== index))}
            />
          </Group>
        );
      })}
      {filters.length > 1 && <QuietButton onClick={() => setFilters([])}>{say.filter.clear}</QuietButton>}
      {keptSince && (
        <Text size="xs" c="dimmed">
          {say.filter.filtered} {say.filter.since(keptSince)}
        </Text>
      )}
    </section>
  );
}

/** "Country is Germany or Austria" */
export function useDescribeFilter(): (filter: Filter) => string {
  const say = texts.useTexts();
  const label = useValueLabel();
  const { language } = useFormats();
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  return ({ dimension, operator, values, within }) => {
    const words = values.map((value) => (operator.startsWith('is') ? label(dimension, value) : `“${value}”`));
    const text = `${dimensionLabel(say, dimension)} ${say.filter[operator]} ${either.format(words)}`;
    return within === 'visit' ? `${text} (${say.filter.inVisit})` : text;
  };
}
