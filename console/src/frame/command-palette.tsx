/** Ctrl+K: every page and act by its name, and what an area makes of the text itself. */
import { Modal, TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import styles from './command-palette.module.css';
import { findCommands } from './find-commands.ts';
import { Keys } from './keys.tsx';
import { texts } from './texts.ts';
import { type Offered, useCommands } from './use-commands.ts';

export function CommandPalette({ close, showShortcuts }: { close(): void; showShortcuts(): void }) {
  const say = texts.useTexts().palette;
  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': say.title } }}
      transitionProps={{ duration: 0 }}
    >
      <Palette close={close} showShortcuts={showShortcuts} />
    </Modal>
  );
}

function Palette({ close, showShortcuts }: { close(): void; showShortcuts(): void }) {
  const say = texts.useTexts().palette;
  const list = useId();
  const { commands, lookUps } = useCommands({ showShortcuts });
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = [...(typed.trim() ? lookUps(typed.trim()) : []), ...findCommands(commands, typed)];
  const at = Math.min(chosen, found.length - 1);
  const run = (command: Offered | undefined) => {
    if (!command) return;
    close();
    command.act();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) {
      event.preventDefault();
      const next = (at + step + found.length) % found.length;
      setChosen(next);
      document.getElementById(`${list}${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <>
      <TextInput
        aria-label={say.title}
        placeholder={say.placeholder}
        variant="unstyled"
        size="md"
        px="md"
        py={6}
        data-autofocus
        autoComplete="off"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}${at}` : undefined}
        value={typed}
        onKeyDown={press}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        classNames={{ root: styles.field ?? '', input: styles.input ?? '' }}
      />
      <div id={list} role="listbox" aria-label={say.title} className={styles.list} tabIndex={-1}>
        {found.map((command, index) => (
          <div
            key={command.id}
            id={`${list}${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.option}
            onMouseMove={() => setChosen(index)}
            onClick={() => run(command)}
            onKeyDown={press}
          >
            <span>{command.label}</span>
            {command.keys && <Keys keys={command.keys} />}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <div className={styles.nothing} role="status">
          {say.nothing}
        </div>
      )}
    </>
  );
}
