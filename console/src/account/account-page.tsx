import { Page } from '../frame/page.tsx';
import { texts } from './texts.ts';

export function AccountPage() {
  const say = texts.useTexts();
  return <Page title={say.title}>{null}</Page>;
}
