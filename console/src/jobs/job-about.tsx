import type { Job } from '@avow/protocol/staff/jobs';
import { useFormats } from '../texts/language.tsx';
import styles from './job.module.css';
import { texts } from './texts.ts';

/** What was asked for, as names and values. */
export function JobAbout({ job }: { job: Job }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { values } = say;
  function tell(value: string | number | boolean): string {
    if (typeof value === 'boolean') return value ? values.yes : values.no;
    if (typeof value === 'number') return number(value);
    return value === 'unit' || value === 'pressed' ? values[value] : value;
  }
  return (
    <dl className={styles.about}>
      {Object.entries(say.aboutLabels).map(([name, label]) => {
        const value = job.about[name];
        if (value === undefined || value === null || value === '') return null;
        return (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{tell(value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
