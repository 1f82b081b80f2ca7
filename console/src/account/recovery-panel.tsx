import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { answerOptions } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { RecoveryCodes } from '../factors/recovery-codes.tsx';
import { texts as factorTexts } from '../factors/texts.ts';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import type { AccountAnswer } from './account-answer.ts';
import { texts } from './texts.ts';

const FEW = 3;

export function RecoveryPanel({ account }: { account: AccountAnswer }) {
  const say = texts.useTexts().recovery;
  const codesTitle = factorTexts.useTexts().recovery.title;
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const make = (left: number) =>
    setDestruction({
      title: say.making.title,
      goes: left > 0 ? [say.making.goes(left)] : [],
      stays: [say.making.stays],
      type: null,
      button: say.making.button,
      async act() {
        const outcome = await call('POST /account/recovery-codes', { body: {} });
        if (!outcome.ok) return outcome.refused;
        setCodes(outcome.answer.recoveryCodes);
        void queryClient.invalidateQueries({ queryKey: answerOptions('GET /account').queryKey });
        return null;
      },
    });
  return (
    <AnswerPanel title={say.title} hint={say.hint} answer={account} height={80}>
      {({ factors, staff }) => (
        <Stack gap="sm" align="flex-start">
          <Text>
            {factors.recoveryCodesLeft === 0 ? (
              say.noneLeft
            ) : (
              <>
                {say.left(factors.recoveryCodesLeft)} {factors.recoveryCodesLeft < FEW && say.few}
              </>
            )}
          </Text>
          <Button variant="default" onClick={() => make(factors.recoveryCodesLeft)}>
            {say.make}
          </Button>
          <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
          <Modal
            opened={codes !== null}
            onClose={() => setCodes(null)}
            title={codesTitle}
            centered
            size="lg"
            withCloseButton={false}
            closeOnClickOutside={false}
            closeOnEscape={false}
          >
            {codes && <RecoveryCodes codes={codes} email={staff.email} done={() => setCodes(null)} />}
          </Modal>
        </Stack>
      )}
    </AnswerPanel>
  );
}
