/** `?`: every shortcut that acts on the page as it is. */
import { Modal, SimpleGrid, Table, Text } from '@mantine/core';
import { Keys } from './keys.tsx';
import { type Shortcut, useShortcutList } from './shortcuts.ts';
import { texts } from './texts.ts';

export function ShortcutSheet({ close }: { close(): void }) {
  const say = texts.useTexts().shortcuts;
  const groups = Map.groupBy(useShortcutList(), ({ group }) => group);
  return (
    <Modal opened onClose={close} title={say.title} size="lg" transitionProps={{ duration: 0 }}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xl">
        {[...groups].map(([group, shortcuts]) => (
          <Group key={group} group={group} shortcuts={shortcuts} />
        ))}
      </SimpleGrid>
    </Modal>
  );
}

function Group({ group, shortcuts }: { group: string; shortcuts: readonly Shortcut[] }) {
  // Two of one kind, the newer one acts.
  const acting = new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut]));
  return (
    <div>
      <Text fw={600} mb={4}>
        {group}
      </Text>
      <Table withRowBorders={false} verticalSpacing={4} horizontalSpacing={0}>
        <Table.Tbody>
          {[...acting.values()].map(({ keys, label }) => (
            <Table.Tr key={keys}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">
                <Keys keys={keys} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
