/** What takes the form's place once it was sent; the form stays in memory with all that was typed. */
import { copyOf, get, moveTo } from '../dom.ts';

export interface Panels {
  show(panel: HTMLElement): void;
  /** Puts the form back. */
  restore(): void;
}

export function panelsIn(main: HTMLElement): Panels {
  const title = document.title;
  let form: ChildNode[] | null = null;
  return {
    show(panel) {
      form ??= [...main.childNodes];
      main.replaceChildren(panel);
      document.title = document.title.replace(/^.*( – [^–]*)$/, `${get('h1', panel).textContent}$1`);
      moveTo(panel);
    },
    restore() {
      if (!form) return;
      main.replaceChildren(...form);
      form = null;
      document.title = title;
    },
  };
}

export function template(name: string, value?: string): HTMLTemplateElement {
  return get<HTMLTemplateElement>(value === undefined ? `template[data-${name}]` : `template[data-${name}="${value}"]`);
}

/** Taken before a panel replaces the page's content, templates included. */
export function panelOf(source: HTMLTemplateElement): HTMLElement {
  return copyOf(source);
}
