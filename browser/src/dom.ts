/** Making and finding elements. Text goes in as text, never as HTML. */
type Attribute = string | boolean | undefined | ((event: Event) => void);
export type Child = Node | string | null | undefined | false;

/** A function is a listener (`click`), true an empty attribute, false and undefined none. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (typeof value === 'string') made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function find<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E | null {
  return within.querySelector<E>(selector);
}

export function get<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Moves the reader there: focus for screen readers and keyboard, and into view. */
export function moveTo(target: HTMLElement): void {
  if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'start' });
}

/** A copy of what a template holds. */
export function copyOf(template: HTMLTemplateElement): HTMLElement {
  const copy = template.content.cloneNode(true) as DocumentFragment;
  const first = copy.firstElementChild;
  if (!(first instanceof HTMLElement)) throw new Error('an empty template');
  return first;
}
