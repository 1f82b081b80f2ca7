/** The United Nations' sub-regions (M49): what a report says of a country that is too small to be named. */

export const SUB_REGIONS = {
  'northern-africa': 'DZ EG EH LY MA SD TN',
  'sub-saharan-africa':
    'AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ NA NE NG RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW',
  'latin-america-and-the-caribbean':
    'AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI',
  'northern-america': 'BM CA GL PM US',
  'central-asia': 'KG KZ TJ TM UZ',
  'eastern-asia': 'CN HK JP KP KR MN MO TW',
  'south-eastern-asia': 'BN ID KH LA MM MY PH SG TH TL VN',
  'southern-asia': 'AF BD BT IN IR LK MV NP PK',
  'western-asia': 'AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE',
  'eastern-europe': 'BG BY CZ HU MD PL RO RU SK UA',
  'northern-europe': 'AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ',
  'southern-europe': 'AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK',
  'western-europe': 'AT BE CH DE FR LI LU MC NL',
  'australia-and-new-zealand': 'AU CC CX HM NF NZ',
  melanesia: 'FJ NC PG SB VU',
  micronesia: 'FM GU KI MH MP NR PW UM',
  polynesia: 'AS CK NU PF PN TK TO TV WF WS',
} as const satisfies Record<string, string>;

export type SubRegion = keyof typeof SUB_REGIONS;

export function isSubRegion(text: string): text is SubRegion {
  return Object.hasOwn(SUB_REGIONS, text);
}

/** What leaves the machine for a country: itself if it is on the signed list, else its sub-region, else `other`. */
export function roundCountry(country: string, largeCountries: readonly string[]): string {
  if (largeCountries.includes(country)) return country;
  if (!/^[A-Z]{2}$/.test(country)) return 'other';
  const region = Object.entries(SUB_REGIONS).find(([, countries]) => countries.split(' ').includes(country));
  return region?.[0] ?? 'other';
}
