/** What the script element that loaded us says, and what the browser says for its person. */

declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

// Set while a classic script runs for the first time, `defer` included.
const { src, dataset } = document.currentScript as HTMLScriptElement;

/** The edge's address, up to the last slash: pages of other origins load the script from there, too. */
export const edge = new URL('.', src);

export const parts: string | undefined = dataset.with;

/** Global Privacy Control or Do Not Track: the view is announced, so that page and day can be counted, and nothing else is. */
export const quiet: boolean = navigator.globalPrivacyControl || navigator.doNotTrack === '1';
