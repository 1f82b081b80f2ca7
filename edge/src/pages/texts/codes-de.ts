import type { CodeTexts } from './codes-en.ts';

export const codesDe: CodeTexts = {
  confirm: {
    title: 'Bestätigen Sie Ihre Registrierung',
    lead: 'Damit bestätigen Sie, dass die Registrierung von Ihnen kam.',
    button: 'Registrierung bestätigen',
    done: {
      person: { title: 'Sie sind registriert', text: 'Die Registrierung ist bestätigt.' },
      product: { title: 'Das Produkt ist registriert', text: 'Die Registrierung ist bestätigt. Dies ist Ihr Beleg.' },
      held: {
        title: 'Bestätigt, und eine Frage ist offen',
        text: 'Jemand anderes hat dieselbe Seriennummer registriert. Wir fragen den ersten Besitzer, ohne Sie zu nennen, und schreiben Ihnen dann. Ihre Angaben sind sicher.',
      },
    },
    receipt: 'Beleg herunterladen (JSON)',
    receiptNote:
      'Von uns unterschrieben. Das Programm kann ihn ohne Internet prüfen. Er enthält weder Namen noch E-Mail-Adresse.',
    next: 'Ihre Daten sehen',
    clauses: ['W1', 'W3', 'S1'],
  },
  emailChange: {
    title: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    lead: 'Damit zeigen Sie, dass die neue Adresse Ihnen gehört. Von da an schreiben wir an sie. Die alte Adresse bekommt Bescheid; von dort lässt sich die Änderung sieben Tage lang rückgängig machen.',
    button: 'Diese Adresse ab jetzt verwenden',
    done: { title: 'Ihre neue Adresse gilt', text: 'Wir haben der alten Adresse Bescheid gegeben.' },
    clauses: ['W8'],
  },
  emailUndo: {
    title: 'Behalten Sie Ihre E-Mail-Adresse',
    lead: 'Damit bleibt die bisherige Adresse, oder sie gilt wieder. Tun Sie das, wenn die Änderung nicht von Ihnen kam.',
    button: 'Bisherige Adresse behalten',
    done: { title: 'Es gilt die bisherige Adresse', text: 'Sonst wurde nichts geändert.' },
    clauses: ['W8'],
  },
  hold: {
    title: 'Gehört diese Seriennummer noch Ihnen?',
    lead: 'Jemand anderes möchte eine Seriennummer registrieren, die auf Sie registriert ist. Bitte sagen Sie uns, wie es dazu kam. Wir sagen niemandem, wer Sie sind.',
    choices: {
      household: { label: 'Es ist jemand aus meinem Haushalt', hint: 'Beide Registrierungen bleiben.' },
      sold: {
        label: 'Ich habe das Produkt verschenkt oder verkauft',
        hint: 'Es wird auf die andere Person registriert. Ihre Angaben bleiben Ihre.',
      },
      stolen: {
        label: 'Es wurde gestohlen',
        hint: 'Die andere Registrierung wird abgelehnt, und wir gehen der Sache nach.',
      },
      mistake: { label: 'Ich weiß davon nichts', hint: 'Die andere Registrierung wird abgelehnt.' },
    },
    question: 'Was davon trifft zu?',
    button: 'Antwort schicken',
    done: { title: 'Danke', text: 'Ihre Antwort ist bei uns.' },
    clauses: ['S1', 'U5'],
  },
  next: 'Ihre Daten sehen',
};
