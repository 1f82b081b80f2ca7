/** What the pages need from the program around them. */
import type { AvowConfig } from '@avow/config/config';
import type { Language } from '@avow/protocol/refusals';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import type { Outcome } from '@avow/protocol/sealing/sealed-fetch';
import type { Programme } from './improvement/programme.ts';

/** The built browser files by name (`forms.js`, `links.js`, `my.js`, `pages.css`), as `buildBrowser` writes them to `manifest.json`. */
export type AssetManifest = Readonly<Record<string, Asset>>;

export interface Asset {
  /** Absolute path on the edge, with the content hash in the name: `/assets/forms-1f3a….js`. May be cached for ever. */
  path: string;
  /** Subresource integrity: `sha384-…`. */
  integrity: string;
}

export interface PagesDeps {
  config: AvowConfig;
  /** Without a slash at the end. */
  publicUrl: string;
  assets: AssetManifest;
  programme: Programme;
  /**
   * The way of a visitor without JavaScript: seals in this process, in memory, and spools like any sealed request; waits up to
   * 10 s for the answer. The same `idempotencyKey` sent again (a reloaded page) is carried out once.
   */
  sealPlainForm: <R extends SealedRouteName>(
    route: R,
    body: SealedRoutes[R]['body'],
    language: Language,
    idempotencyKey?: string,
  ) => Promise<Outcome<SealedRoutes[R]['answer']>>;
}
