/** Retention as a heat map: a row for everybody installed at the same time, a column for each week. */
import type { Retention } from '@avow/protocol/staff/improvement';
import { Box } from '@mantine/core';
import { useAnswer } from '../api/answers.ts';
import { AnswerPanel } from '../frame/panel.tsx';
import { useFormats } from '../texts/language.tsx';
import styles from './improvement.module.css';
import { texts } from './texts.ts';

const STEPS = 9;
/** As many as a screen shows; older ones are in the CSV of their weeks. */
const MOST_WEEKS = 26;

export function CohortsPanel({ product, threshold }: { product: string; threshold: number }) {
  const say = texts.useTexts();
  const answer = useAnswer('GET /improvement/retention', { query: { product } });
  return (
    <AnswerPanel
      title={say.retention}
      hint={say.retentionHint}
      answer={answer}
      height={320}
      empty={({ cohorts }) => cohorts.length === 0 && { what: say.empty, hint: say.emptyHint }}
    >
      {(told) => <HeatMap told={told} threshold={threshold} />}
    </AnswerPanel>
  );
}

function HeatMap({ told: { weeks, cohorts }, threshold }: { told: Retention; threshold: number }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const from = Math.max(0, weeks.length - MOST_WEEKS);
  const shown = weeks.slice(from);
  const rows = cohorts.filter(({ installations }) => installations.slice(from).some((count) => count !== null));
  return (
    // In the order of the keyboard, so that it scrolls what does not fit.
    <Box className={styles.scroll} role="group" aria-label={say.retention} tabIndex={0}>
      <table className={styles.heat}>
        <caption className={styles.caption}>{say.retention}</caption>
        <thead>
          <tr>
            <th scope="col">{say.installed}</th>
            {shown.map((week) => (
              <th key={week} scope="col" title={say.weekName(week)}>
                {week.slice(6)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ installed, installations, kept }) => (
            <tr key={installed}>
              <th scope="row">{installed}</th>
              {shown.map((week, index) => {
                const [count, share] = [installations[from + index] ?? null, kept[from + index] ?? null];
                const words =
                  count === null || share === null
                    ? `${installed}, ${say.weekName(week)}: ${say.withheld}. ${say.withheldWhy(threshold)}`
                    : say.kept(installed, say.weekName(week), say.percent(share), number(count));
                return (
                  <td
                    key={week}
                    title={words}
                    data-heat={share === null ? undefined : Math.max(1, Math.ceil(share * STEPS))}
                    className={share === null ? styles.noHeat : styles.heatCell}
                  >
                    {share === null ? '' : Math.round(share * 100)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}
