/** Which of a panel's lists is shown; the less usual ones behind a menu. */
import { Menu, UnstyledButton } from '@mantine/core';
import { texts } from '../texts.ts';
import styles from './lists.module.css';

export interface Tab {
  id: string;
  label: string;
}

export function Tabs({
  tabs,
  menu,
  chosen,
  choose,
}: {
  tabs: readonly Tab[];
  menu?: { label: string; tabs: readonly Tab[] };
  chosen: string;
  choose(id: string): void;
}) {
  const say = texts.useTexts();
  const inMenu = menu?.tabs.find(({ id }) => id === chosen);
  return (
    <fieldset className={styles.tabs} aria-label={say.list.choose} style={{ border: 0, margin: 0, padding: 0 }}>
      {tabs.map(({ id, label }) => (
        <UnstyledButton key={id} className={styles.tab} aria-pressed={id === chosen} onClick={() => choose(id)}>
          {label}
        </UnstyledButton>
      ))}
      {menu && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <UnstyledButton className={styles.tab} aria-pressed={inMenu !== undefined}>
              {inMenu?.label ?? menu.label} ▾
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {menu.tabs.map(({ id, label }) => (
              <Menu.Item key={id} aria-current={id === chosen} onClick={() => choose(id)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </fieldset>
  );
}
