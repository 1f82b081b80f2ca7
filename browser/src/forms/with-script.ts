/** Swaps what the page says to a browser without the script for what holds with it. */
export function showScriptParts(within: ParentNode = document): void {
  for (const part of within.querySelectorAll<HTMLElement>('[data-with-script]')) part.hidden = false;
  for (const part of within.querySelectorAll<HTMLElement>('[data-without-script]')) part.hidden = true;
}
