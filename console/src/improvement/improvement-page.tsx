/** What the programme has told: one product, one finished week, and how it went over the weeks. */
import type { ImprovementOverview } from '@avow/protocol/staff/improvement';
import { Alert, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { AdoptionPanel } from './adoption-panel.tsx';
import { CohortsPanel } from './cohorts-panel.tsx';
import { CountriesPanel } from './countries-panel.tsx';
import styles from './improvement.module.css';
import { type Product, useLabels } from './labels.ts';
import { TablePanel } from './table-panel.tsx';
import { texts } from './texts.ts';
import { TrendPanel } from './trend-panel.tsx';
import { UsePanel } from './use-panel.tsx';

export function ImprovementPage() {
  const say = texts.useTexts();
  const answer = useAnswer('GET /improvement');
  const search = useSearch({ from: '/signed-in/improvement' });
  const navigate = useNavigate({ from: '/improvement' });
  const told = answer.data;
  const product = told?.products.find(({ id }) => id === search.product) ?? told?.products[0];
  const week = product?.weeks.find((one) => one === search.week) ?? product?.weeks.at(-1);
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const actions = told && product && week !== undefined && (
    <Group gap="sm">
      {told.products.length > 1 && (
        <NativeSelect
          aria-label={say.product}
          value={product.id}
          data={told.products.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget }) => change({ product: currentTarget.value })}
        />
      )}
      <NativeSelect
        aria-label={say.week}
        value={week}
        data={product.weeks.toReversed().map((one) => ({ value: one, label: say.weekName(one) }))}
        onChange={({ currentTarget }) => change({ week: currentTarget.value })}
      />
    </Group>
  );
  return (
    <Page title={say.title} actions={actions}>
      {told && product && week !== undefined ? (
        <Figures
          told={told}
          product={product}
          week={week}
          system={search.system}
          chooseSystem={(system) => change({ system })}
        />
      ) : (
        <AnswerPanel
          title={say.title}
          hint={say.about}
          answer={answer}
          height={200}
          empty={({ configuration }) =>
            configuration ? { what: say.none, hint: say.noneHint } : { what: say.notSigned, hint: say.notSignedHint }
          }
        >
          {() => null}
        </AnswerPanel>
      )}
    </Page>
  );
}

function Figures({
  told,
  product,
  week,
  system,
  chooseSystem,
}: {
  told: ImprovementOverview;
  product: Product;
  week: string;
  system: string | undefined;
  chooseSystem(system: string): void;
}) {
  const say = texts.useTexts();
  const label = useLabels(product);
  const { threshold, vagueBelow, configuration } = told;
  const limits = { threshold, vagueBelow };
  const about = { product, week };
  const alarms = told.alarms.filter((alarm) => alarm.product === product.id && alarm.week === week);
  const chosen = system ?? 'windows';
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {say.weeks(product.weeks.length)}.{' '}
        {configuration && say.basis(configuration.version, configuration.fieldList, configuration.created)}{' '}
        {say.howTold(threshold)}
      </Text>
      {alarms.map(({ facet, seen, usual }) => (
        <Alert key={facet} color="yellow" variant="light" role="alert">
          {say.alarm(say.weekName(week), facet, seen, usual)}
        </Alert>
      ))}
      <TrendPanel product={product.id} />
      <div className={styles.columns}>
        <AdoptionPanel product={product.id} />
        <UsePanel product={product} week={week} limits={limits} />
        <TablePanel asked={{ ...about, kind: 'systems' }} title={say.systems} limits={limits} pick={chooseSystem} />
        <TablePanel
          asked={{ ...about, kind: 'system-versions', within: chosen }}
          title={say.systemVersions(label('systems', chosen))}
          limits={limits}
        />
        <TablePanel asked={{ ...about, kind: 'applications' }} title={say.applications} limits={limits} />
        <TablePanel asked={{ ...about, kind: 'combinations' }} title={say.combinations} limits={limits} />
      </div>
      <CohortsPanel product={product.id} threshold={threshold} />
      <CountriesPanel product={product} week={week} limits={limits} />
    </Stack>
  );
}
