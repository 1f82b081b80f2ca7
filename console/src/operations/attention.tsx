import { useAnswer } from '../api/answers.ts';
import { TextLink } from '../frame/links.tsx';
import { AlarmsPanel } from './alarms-panel.tsx';
import { texts } from './texts.ts';

/** On the start page: the alarms, where there are any. */
export function OperationsAttention() {
  const say = texts.useTexts();
  const state = useAnswer('GET /operations');
  if (!state.data || state.data.alarms.length === 0) return null;
  return <AlarmsPanel state={state} actions={<TextLink to="/operations">{say.title}</TextLink>} />;
}
