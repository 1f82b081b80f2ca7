/** Words of the pages behind mailed links: one act each, on a button. */
export const codesEn = {
  confirm: {
    title: 'Confirm your registration',
    lead: 'With this you confirm that the registration came from you.',
    button: 'Confirm the registration',
    done: {
      person: { title: 'You are registered', text: 'The registration is confirmed.' },
      product: { title: 'The product is registered', text: 'The registration is confirmed. This is your receipt.' },
      held: {
        title: 'Confirmed, and one question is open',
        text: 'Somebody else has registered the same serial number. We are asking the first owner, without naming you, and write to you then. Your details are safe.',
      },
    },
    receipt: 'Download the receipt (JSON)',
    receiptNote: 'Signed by us. The program can check it without the Internet. It holds no name and no e-mail address.',
    next: 'See your data',
    clauses: ['W1', 'W3', 'S1'],
  },
  emailChange: {
    title: 'Confirm your new e-mail address',
    lead: 'With this you prove that the new address is yours. From then on we write to it. We tell the old address, from which the change can be undone for seven days.',
    button: 'Use this address from now on',
    done: { title: 'Your new address is in use', text: 'We have told the old address.' },
    clauses: ['W8'],
  },
  emailUndo: {
    title: 'Keep your e-mail address',
    lead: 'With this the address in use before stays, or is in use again. Do this if the change did not come from you.',
    button: 'Keep the address of before',
    done: { title: 'The address of before is in use', text: 'Nothing else was changed.' },
    clauses: ['W8'],
  },
  hold: {
    title: 'Is this serial number still yours?',
    lead: 'Somebody else wants to register a serial number that is registered to you. Please tell us how that came about. We do not tell them who you are.',
    choices: {
      household: { label: 'It is somebody in my household', hint: 'Both registrations stay.' },
      sold: {
        label: 'I gave or sold the product to somebody',
        hint: 'It is registered to them. Your details stay yours.',
      },
      stolen: { label: 'It was stolen', hint: 'The other registration is refused, and we look into it.' },
      mistake: { label: 'I do not know anything about it', hint: 'The other registration is refused.' },
    },
    question: 'Which of these is true?',
    button: 'Send the answer',
    done: { title: 'Thank you', text: 'Your answer is with us.' },
    clauses: ['S1', 'U5'],
  },
  next: 'See your data',
};

export type CodeTexts = typeof codesEn;
