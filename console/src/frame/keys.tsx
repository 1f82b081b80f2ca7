import styles from './keys.module.css';
import { texts } from './texts.ts';

const ON_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut as it is pressed: `g v`, `mod+k`. */
export function Keys({ keys }: { keys: string }) {
  const say = texts.useTexts();
  const pressed = keys.length === 1 ? [keys] : keys.split(/[ +]/);
  return (
    <span className={styles.keys}>
      {pressed.map((key) => (
        <kbd key={key} className={styles.key}>
          {key === 'mod' ? (ON_MAC ? '⌘' : say.control) : keys.startsWith('mod+') ? key.toUpperCase() : key}
        </kbd>
      ))}
    </span>
  );
}
