import type { SoldSuite } from '@avow/protocol/staff/serials';
import { NativeSelect } from '@mantine/core';
import { texts } from './texts.ts';

export interface ChosenEdition {
  suite: string;
  edition: string;
}

export function firstEdition(suites: readonly SoldSuite[]): ChosenEdition {
  const [suite] = suites;
  return { suite: suite?.suite ?? '', edition: suite?.editions[0]?.id ?? '' };
}

/** Suite and edition; `none` is the choice of no edition, where there can be none. */
export function EditionFields(fields: {
  suites: readonly SoldSuite[];
  chosen: ChosenEdition;
  choose(chosen: ChosenEdition): void;
  none?: string;
  label?: string;
}) {
  const say = texts.useTexts();
  const { suites, chosen, choose, none } = fields;
  const editions = suites.find(({ suite }) => suite === chosen.suite)?.editions ?? [];
  return (
    <>
      {suites.length > 1 && (
        <NativeSelect
          label={say.generate.suite}
          value={chosen.suite}
          onChange={(event) => {
            const suite = event.currentTarget.value;
            const first = suites.find((one) => one.suite === suite)?.editions[0]?.id ?? '';
            choose({ suite, edition: first });
          }}
          data={suites.map(({ suite, name }) => ({ value: suite, label: name }))}
        />
      )}
      <NativeSelect
        label={fields.label ?? say.generate.edition}
        value={chosen.edition}
        onChange={(event) => choose({ ...chosen, edition: event.currentTarget.value })}
        data={[
          ...editions.map(({ id, name }) => ({ value: id, label: name })),
          ...(none ? [{ value: '', label: none }] : []),
        ]}
      />
    </>
  );
}
