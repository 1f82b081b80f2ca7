/** What only a report can be refused for, which no visitor's browser sends: part of the closed list in `../refusals.ts`. */
import type { RefusalText } from '../refusals.ts';

export const REPORT_REFUSALS = {
  report_not_listed: {
    status: 422,
    en: 'This report says something that is not on the published list. It was not kept.',
    de: 'Dieser Bericht sagt etwas, das nicht auf der veröffentlichten Liste steht. Er wurde nicht behalten.',
  },
  report_week_closed: {
    status: 422,
    en: 'Reports about this week are not taken. It was not kept.',
    de: 'Berichte über diese Woche werden nicht angenommen. Er wurde nicht behalten.',
  },
  field_list_unknown: {
    status: 422,
    en: 'There is no field list with this version. The report was not kept.',
    de: 'Es gibt keine Feldliste mit dieser Version. Der Bericht wurde nicht behalten.',
  },
} as const satisfies Record<string, RefusalText>;
