import { Title } from '@mantine/core';
import { texts } from './texts.ts';

export function StartPage() {
  const say = texts.useTexts();
  return <Title order={1}>{say.title}</Title>;
}
