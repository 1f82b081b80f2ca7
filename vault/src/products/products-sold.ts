/** The suites and editions of the configuration, found by id (what we store) or by code (what a serial carries). */
import type { AvowConfig } from '@avow/config/config';

export interface EditionSold {
  product: string;
  productName: string;
  productCode: number;
  edition: string;
  editionName: string;
  editionCode: number;
  legacySerialPattern: string | null;
}

function editionsSold(config: AvowConfig): EditionSold[] {
  return config.suites.flatMap((suite) =>
    suite.editions.map((edition) => ({
      product: suite.id,
      productName: suite.name,
      productCode: suite.productCode,
      edition: edition.id,
      editionName: edition.name,
      editionCode: edition.code,
      legacySerialPattern: suite.legacySerialPattern ?? null,
    })),
  );
}

export function editionsOf(config: AvowConfig, product: string): EditionSold[] {
  return editionsSold(config).filter((sold) => sold.product === product);
}

export function findEdition(config: AvowConfig, product: string, edition: string): EditionSold | null {
  return editionsSold(config).find((sold) => sold.product === product && sold.edition === edition) ?? null;
}

export function findEditionByCodes(config: AvowConfig, product: number, edition: number): EditionSold | null {
  return editionsSold(config).find((sold) => sold.productCode === product && sold.editionCode === edition) ?? null;
}

/** What people read: `Nordlicht Suite Studio`. A product that is no longer in the configuration is called by its id. */
export function productTitle(config: AvowConfig, product: string, edition: string): string {
  const sold = findEdition(config, product, edition);
  return sold ? `${sold.productName} ${sold.editionName}` : `${product} ${edition}`;
}

export function hasLegacySerials(config: AvowConfig): boolean {
  return config.suites.some((suite) => suite.legacySerialPattern !== undefined);
}
