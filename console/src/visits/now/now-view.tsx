/** Right now: who is here, the last half hour by the minute, and today so far, which is the same figure as on the screen of the day. */
import { readableAddress } from '@avow/protocol/readable-address';
import type { Figure, Realtime } from '@avow/protocol/staff/visits';
import { Button, Text } from '@mantine/core';
import { Figure as ToldFigure } from '../../frame/figure.tsx';
import { AnswerPanel } from '../../frame/panel.tsx';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { usePanel, useRealtime } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import listStyles from '../lists/lists.module.css';
import { useZone } from '../state/use-zone.ts';
import { texts } from '../texts.ts';
import styles from './now.module.css';

const FIGURES_HEIGHT = 84;
const PANEL_HEIGHT = 190;
const MOST_PAGES = 15;

export function NowView({ site, back }: { site: string | undefined; back(): void }) {
  const say = texts.useTexts();
  const { house } = useSource();
  const { zone, foreign } = useZone();
  const realtime = useRealtime(site, true);
  const today = usePanel(
    { ...(site !== undefined && { sites: [site] }), period: 'today', ...(foreign && { timeZone: zone }) },
    { metrics: ['visitors', 'visits', 'pageViews'] },
    { refetchInterval: 5_000 },
  );
  const told = (figure: Figure | undefined) =>
    figure?.suppressed ? { fewerThan: house.suppressedBelow } : (figure?.value ?? 0);
  return (
    <>
      <div className={styles.head}>
        <Text size="sm" c="dimmed">
          {say.now.every}
        </Text>
        <Button size="xs" variant="default" onClick={back}>
          {say.now.back}
        </Button>
      </div>
      <div className={listStyles.grid} style={{ marginTop: 0 }}>
        <AnswerPanel title={say.now.visits} answer={realtime} height={FIGURES_HEIGHT}>
          {({ activeVisits }) => (
            <div className={styles.figures}>
              {activeVisits.length === 0 && <ToldFigure label={say.metric.visits} value={0} note={say.now.none} />}
              {activeVisits.map((visits) => (
                <ToldFigure
                  key={visits.site}
                  label={house.sites.find(({ id }) => id === visits.site)?.name ?? visits.site}
                  value={told(visits)}
                />
              ))}
            </div>
          )}
        </AnswerPanel>
        <AnswerPanel title={say.now.today} hint={say.now.todayHint} answer={today} height={FIGURES_HEIGHT}>
          {({ totals }) => (
            <div className={styles.figures}>
              {(['visitors', 'visits', 'pageViews'] as const).map((metric) => (
                <div key={metric} data-today={metric}>
                  <ToldFigure label={say.metric[metric]} value={told(totals[metric])} />
                </div>
              ))}
            </div>
          )}
        </AnswerPanel>
        <div className={listStyles.wide}>
          <AnswerPanel title={say.now.minutes} answer={realtime} height={PANEL_HEIGHT}>
            {(answer) => <Minutes answer={answer} />}
          </AnswerPanel>
        </div>
        <div className={listStyles.wide}>
          <AnswerPanel
            title={say.now.pages}
            answer={realtime}
            height={PANEL_HEIGHT}
            empty={({ pages }) => pages.length === 0 && { what: say.now.none }}
          >
            {(answer) => <Pages answer={answer} named={site === undefined} />}
          </AnswerPanel>
        </div>
      </div>
    </>
  );
}

function Minutes({ answer }: { answer: Realtime }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { minutes, suppressedBelow } = answer;
  const most = Math.max(suppressedBelow, ...minutes.map(({ value }) => value ?? 0));
  return (
    <ol className={styles.minutes}>
      {minutes.map(({ minute, value, suppressed }, index) => {
        const count = suppressed ? say.suppressed.few(suppressedBelow) : number(value ?? 0);
        const ago = say.now.ago(minutes.length - 1 - index);
        return (
          <li key={minute} title={`${ago}: ${count}`} data-minute={suppressed ? 'suppressed' : value}>
            <span className={styles.count}>{suppressed ? '' : value ? count : ''}</span>
            <span
              className={suppressed ? `${styles.minute} ${listStyles.hatched}` : styles.minute}
              style={{ height: `${((suppressed ? suppressedBelow : (value ?? 0)) / most) * 100}%` }}
            />
          </li>
        );
      })}
    </ol>
  );
}

function Pages({ answer, named }: { answer: Realtime; named: boolean }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { house } = useSource();
  const pages = answer.pages.slice(0, MOST_PAGES);
  const most = Math.max(1, ...pages.map(({ value }) => value ?? 0));
  return (
    <table className={listStyles.table}>
      <thead>
        <tr>
          <th scope="col">{say.dimension.page}</th>
          <th scope="col" className={listStyles.figure}>
            {say.metric.pageViews}
          </th>
        </tr>
      </thead>
      <tbody>
        {pages.map(({ site, page, value, suppressed }) => (
          <tr key={`${site}${page}`}>
            <td className={listStyles.name}>
              <span
                className={suppressed ? `${listStyles.bar} ${listStyles.hatched}` : listStyles.bar}
                style={{ width: suppressed ? '12%' : `${((value ?? 0) / most) * 100}%` }}
              />
              {readableAddress(page)}
              {named && <span className={styles.site}> {house.sites.find(({ id }) => id === site)?.name}</span>}
            </td>
            <td className={listStyles.figure}>
              {suppressed ? <Suppressed least={answer.suppressedBelow} /> : number(value ?? 0)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
