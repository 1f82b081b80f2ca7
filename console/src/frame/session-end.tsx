/** Says some minutes before a session ends that it does, and keeps it when somebody is there. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { lastAnswer } from '../api/call.ts';
import { renewSession, useSession } from '../api/session.tsx';
import { useFormats } from '../texts/language.tsx';
import { texts } from './texts.ts';

const WARNED_MS = 2 * 60_000;
const LOOKED_MS = 5_000;

/** When it ends by this clock: every answer is a sign of life, so the vault's last word about it may be older than the truth. */
function endOf(idleEnds: string, absoluteEnds: string, told: { at: number; offset: number }) {
  const idle = Date.parse(idleEnds) - told.offset + Math.max(0, lastAnswer().at - told.at);
  const absolute = Date.parse(absoluteEnds) - told.offset;
  return { at: Math.min(idle, absolute), isAbsolute: absolute <= idle };
}

export function SessionEnd() {
  const say = texts.useTexts().sessionEnd;
  const { duration } = useFormats();
  const { idleEnds, absoluteEnds } = useSession();
  const [now, setNow] = useState(Date.now);
  const [told, setTold] = useState({ idleEnds, answer: lastAnswer() });
  const [understood, setUnderstood] = useState(false);
  // A new word of the vault: counted from here.
  if (told.idleEnds !== idleEnds) setTold({ idleEnds, answer: lastAnswer() });
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOKED_MS);
    return () => clearInterval(timer);
  }, []);
  const end = idleEnds && absoluteEnds ? endOf(idleEnds, absoluteEnds, told.answer) : null;
  const seconds = end ? (end.at - now) / 1000 : Number.POSITIVE_INFINITY;
  const over = seconds <= 0;
  useEffect(() => {
    if (over) void renewSession();
  }, [over]);
  const warned = seconds * 1000 < WARNED_MS && !(understood && end?.isAbsolute);
  const stay = () => void renewSession();
  const understand = () => setUnderstood(true);
  return (
    <Modal
      opened={warned}
      onClose={end?.isAbsolute ? understand : stay}
      withCloseButton={false}
      title={say.title}
      centered
    >
      <Text>{end?.isAbsolute ? say.absolute(duration(seconds)) : say.idle(duration(seconds))}</Text>
      <Group justify="flex-end" mt="md">
        <Button onClick={end?.isAbsolute ? understand : stay} data-autofocus>
          {end?.isAbsolute ? say.understood : say.stay}
        </Button>
      </Group>
    </Modal>
  );
}
