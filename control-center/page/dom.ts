/** Elements from plain values. Text only ever becomes a text node. */
type Child = Node | string | null | false;
type Properties = Record<string, string | boolean | ((event: Event) => void) | undefined>;

/** `onclick` and the like are listeners; `true` sets an attribute, `false` and undefined leave it out. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (typeof value === 'string') element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}
