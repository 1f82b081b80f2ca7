/**
 * Leaving a field by pressing a button fires `change` between press and release: a message shown then would push the button
 * from under the pointer, and the click would be lost. So what moves the page waits for the release.
 */
export function afterPress(act: () => void): void {
  if (pressed) document.addEventListener('pointerup', () => setTimeout(act), { once: true });
  else act();
}

let pressed = false;

document.addEventListener('pointerdown', () => {
  pressed = true;
});
for (const released of ['pointerup', 'pointercancel']) {
  document.addEventListener(released, () => {
    pressed = false;
  });
}
