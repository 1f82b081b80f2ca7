/** One of a few, behind a button that shows which. */
import { Button, Menu, Text } from '@mantine/core';
import { QuietButton } from './quiet-button.tsx';

export function ChoiceMenu<Value extends string>({
  title,
  value,
  choices,
  choose,
  hint,
  quiet = false,
}: {
  title: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  choose(value: Value): void;
  hint?: string;
  /** For what is rarely changed. */
  quiet?: boolean;
}) {
  const label = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        {quiet ? (
          <QuietButton aria-label={`${title}: ${label}`}>{label} ▾</QuietButton>
        ) : (
          <Button variant="default" size="xs" fw={500} aria-label={`${title}: ${label}`}>
            {label}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown maw={320}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            aria-current={choice.value === value}
            fw={choice.value === value ? 600 : undefined}
            onClick={() => choose(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
        {hint && (
          <Text size="xs" c="dimmed" px="sm" py={4}>
            {hint}
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
