/** On the screen of the group: each website with its figures, and the way to its own screen. */
import type { Ground, Panel } from '@avow/protocol/staff/visits';
import { UnstyledButton } from '@mantine/core';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { Suppressed } from '../frame/suppressed.tsx';
import { useFormats } from '../texts/language.tsx';
import { usePanel } from './asking/answers.ts';
import { useSource } from './asking/source.tsx';
import { changeOf, formatFigure, HEADLINES } from './figures/metrics.ts';
import { texts } from './texts.ts';

export function SitesPanel({ ground, panel, open }: { ground: Ground; panel: Panel; open(site: string): void }) {
  const say = texts.useTexts();
  const formats = useFormats();
  const { house } = useSource();
  const answer = usePanel(ground, panel);
  return (
    <AnswerPanel title={say.list.sites} answer={answer} height={44 + house.sites.length * 37}>
      {(told) => {
        type Row = (typeof told.rows)[number];
        const columns: Column<Row>[] = [
          {
            key: 'site',
            header: say.site,
            cell: ({ dimensions: { site = '' } }) => {
              const name = house.sites.find(({ id }) => id === site)?.name ?? site;
              return (
                <UnstyledButton fz="sm" fw={600} aria-label={say.list.openSite(name)} onClick={() => open(site)}>
                  {name}
                </UnstyledButton>
              );
            },
          },
          ...HEADLINES.map(
            (metric, index): Column<Row> => ({
              key: metric,
              header: say.metric[metric],
              align: 'end',
              onWideOnly: index > 1,
              cell: ({ figures }) => {
                const figure = figures[metric];
                if (figure?.suppressed) return <Suppressed least={told.suppressedBelow} />;
                if (figure?.value === null || figure === undefined) return '–';
                const change =
                  index === 0 ? changeOf(metric, figure.value, figure.compared?.value ?? null, formats) : null;
                return (
                  <>
                    {formatFigure(metric, figure.value, formats)}
                    {change && change.direction !== 'same' && (
                      <span
                        style={{ color: change.good ? 'var(--avow-good)' : 'var(--avow-bad)', fontSize: '0.75rem' }}
                      >
                        {' '}
                        {change.direction === 'up' ? '↑' : '↓'} {change.text}
                      </span>
                    )}
                  </>
                );
              },
            }),
          ),
        ];
        return (
          <DataTable
            label={say.list.sites}
            rows={told.rows}
            columns={columns}
            rowKey={({ dimensions }) => dimensions.site ?? ''}
          />
        );
      }}
    </AnswerPanel>
  );
}
