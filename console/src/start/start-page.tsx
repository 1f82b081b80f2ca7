import { Page } from '../frame/page.tsx';
import { texts } from './texts.ts';

export function StartPage() {
  const say = texts.useTexts();
  return <Page title={say.title}>{null}</Page>;
}
