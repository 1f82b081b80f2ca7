import { SegmentedControl } from '@mantine/core';
import { Page } from '../frame/page.tsx';
import { chooseLanguage, useLanguage } from '../texts/language.tsx';
import { texts } from './texts.ts';

export function SignInPage() {
  const say = texts.useTexts();
  const choice = (
    <SegmentedControl
      value={useLanguage()}
      onChange={(value) => chooseLanguage(value === 'de' ? 'de' : 'en')}
      data={[
        { value: 'en', label: 'English' },
        { value: 'de', label: 'Deutsch' },
      ]}
    />
  );
  return (
    <Page title={say.title} actions={choice}>
      {null}
    </Page>
  );
}
