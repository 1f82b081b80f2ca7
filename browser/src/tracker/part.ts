/** What `/avow-<name>.js` is to the core. Both are cached, each by itself: what is here must not change. */
import type { CollectBody } from '@avow/protocol/visits';

/** What the tracker says of an event; id and page are added. JSON leaves out what is undefined. */
export type Told = { [Key in Exclude<keyof CollectBody, 'i' | 't'>]?: CollectBody[Key] | undefined };

export interface Part {
  /** `navigated`: the address may have changed. */
  start(tell: (event: Told) => void, navigated: () => void): void;
}
