import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.ts';
import { Panel } from '../frame/panel.tsx';
import { texts } from './texts.ts';

const FEW = 3;

/** What of one's own account might lock one out some day; nothing where all is well. */
export function OwnAccount() {
  const say = texts.useTexts().own;
  const { data } = useAnswer('GET /account');
  if (!data) return null;
  const { passkeys, password, recoveryCodesLeft } = data.factors;
  const onePasskey = passkeys.length === 1 && !password;
  const fewCodes = password && recoveryCodesLeft < FEW;
  if (!onePasskey && !fewCodes) return null;
  return (
    <Panel title={say.title}>
      <Text>
        {onePasskey ? say.onePasskey : say.fewCodes}{' '}
        <Anchor component={Link} to="/account" inherit>
          {onePasskey ? say.add : say.codes}
        </Anchor>
      </Text>
    </Panel>
  );
}
