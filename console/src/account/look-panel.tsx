import type { Language } from '@avow/protocol/refusals';
import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { renewSession } from '../api/session.tsx';
import { useAct } from '../api/use-act.ts';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { chooseLanguage, useLanguage } from '../texts/language.tsx';
import { changeAccount } from './account-answer.ts';
import { texts } from './texts.ts';

const LANGUAGES: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
];

export function LookPanel() {
  const say = texts.useTexts().look;
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const act = useAct('PATCH /account');
  const speak = async (wanted: Language) => {
    const answer = await act.run({ body: { language: wanted } });
    if (!answer) return;
    chooseLanguage(wanted);
    changeAccount(answer);
    await renewSession();
  };
  return (
    <Panel title={say.title} hint={say.here}>
      <Stack gap="sm" align="flex-start">
        {act.refused && <RefusalNote refused={act.refused} />}
        <Choice label={say.language}>
          <SegmentedControl aria-label={say.language} value={language} onChange={speak} data={LANGUAGES} />
        </Choice>
        <Choice label={say.colours}>
          <SegmentedControl
            aria-label={say.colours}
            value={colorScheme}
            onChange={setColorScheme}
            data={[
              { value: 'auto', label: say.auto },
              { value: 'light', label: say.light },
              { value: 'dark', label: say.dark },
            ]}
          />
        </Choice>
      </Stack>
    </Panel>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      {children}
    </div>
  );
}
