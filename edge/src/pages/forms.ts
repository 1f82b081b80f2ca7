/** The three forms of the public pages, as data: which fields, in which groups, sealed to which route. */
import type { Field } from '@avow/protocol/forms/fields';
import { PERSON_REGISTRATION_FIELDS, PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import { SIGN_IN_FIELDS } from '@avow/protocol/forms/sign-in';
import type { FormTexts } from './texts/forms-en.ts';

type FormRoute = 'POST /registrations' | 'POST /product-registrations' | 'POST /sign-in-links';

export interface PublicForm {
  name: 'register' | 'product' | 'signIn';
  path: '/register' | '/products/register' | '/sign-in';
  route: FormRoute;
  fields: readonly Field[];
  /** Legend (key of the form's `groups`; none where it is null) and the fields under it. */
  groups: readonly { legend: string | null; fields: readonly string[] }[];
  mailing: boolean;
  /** Whether opening it is a page view. */
  counted: boolean;
}

export const FORMS: readonly PublicForm[] = [
  {
    name: 'register',
    path: '/register',
    route: 'POST /registrations',
    fields: PERSON_REGISTRATION_FIELDS,
    groups: [
      { legend: 'person', fields: ['givenName', 'familyName', 'email'] },
      { legend: 'address', fields: ['address'] },
      { legend: 'more', fields: ['telephone', 'serial'] },
    ],
    mailing: true,
    counted: true,
  },
  {
    name: 'product',
    path: '/products/register',
    route: 'POST /product-registrations',
    fields: PRODUCT_REGISTRATION_FIELDS,
    groups: [
      { legend: 'product', fields: ['serial'] },
      { legend: 'person', fields: ['givenName', 'familyName', 'email', 'country'] },
      { legend: 'more', fields: ['transferCode', 'discVersion', 'softwareVersion'] },
    ],
    mailing: true,
    counted: true,
  },
  {
    name: 'signIn',
    path: '/sign-in',
    route: 'POST /sign-in-links',
    fields: SIGN_IN_FIELDS,
    groups: [{ legend: null, fields: ['email'] }],
    mailing: false,
    counted: false,
  },
];

export interface FormWords {
  title: string;
  facts: FormTexts['register']['facts'];
  groups: Record<string, string>;
  emailHint?: string;
  button: (vendor: string) => string;
  done: { title: string; text: string; after: (days: number) => string };
}

export function wordsOf(form: PublicForm, texts: FormTexts): FormWords {
  return texts[form.name];
}
