import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { plural, number, day } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Betrieb',
  version: (version: string) => `Avow ${version}`,
  alarms: {
    title: 'Was zu tun ist',
    none: 'Nichts braucht Sie',
    noneHint: 'Verbindungen, Datenbanken, Platte, Mails, Aufgaben, Schlüssel und Sicherungen wurden gerade angesehen.',
    urgent: 'jetzt',
    soon: 'bald',
    what: {
      'link-down': ({ edge, minutes }) =>
        `Der Edge ${edge} antwortet seit ${plural(Number(minutes), { one: '# Minute', other: '# Minuten' })} nicht.`,
      'spool-old': ({ edge, days }) =>
        Number(days) === 1
          ? `Am Edge ${edge} warten Anfragen oder Besuche seit gestern.`
          : `Am Edge ${edge} warten Anfragen oder Besuche seit ${days} Tagen.`,
      'database-away': ({ engine }) => `Die Datenbank „${engine}“ antwortet nicht.`,
      'clickhouse-away': () => 'ClickHouse antwortet nicht.',
      'disk-low': ({ percent }) => `Nur ${percent} % der Platte sind frei.`,
      'mails-failed': ({ count }) =>
        plural(Number(count), {
          one: '# Mail wurde endgültig abgelehnt.',
          other: '# Mails wurden endgültig abgelehnt.',
        }),
      'mails-unknown': ({ count }) =>
        plural(Number(count), {
          one: 'Von # Mail weiß niemand, ob sie ankam.',
          other: 'Von # Mails weiß niemand, ob sie ankamen.',
        }),
      'mails-stuck': ({ count }) => `${number(Number(count))} Mails warten auf den Versand.`,
      'requests-set-aside': ({ count }) =>
        plural(Number(count), {
          one: '# angenommene Anfrage war nicht auszuführen.',
          other: '# angenommene Anfragen waren nicht auszuführen.',
        }),
      'task-failed': ({ task }) => `Die Aufgabe ${task} ist beim letzten Lauf gescheitert.`,
      'no-gateway-key': () => 'Der Schlüssel, der versiegelte Anfragen öffnet, fehlt.',
      'key-log-broken': () => 'Das Schlüsselprotokoll stimmt nicht; Browser versiegeln nicht mehr.',
      'key-old': ({ days }) => `Der Schlüssel des Vaults ist ${days} Tage alt.`,
      'retired-keys-left': ({ count }) =>
        plural(Number(count), {
          one: '# abgelöster Schlüssel müsste längst vernichtet sein.',
          other: '# abgelöste Schlüssel müssten längst vernichtet sein.',
        }),
      'backup-never': () => 'Es gab noch nie eine Sicherung.',
      'backup-old': ({ days }) => `Die letzte Sicherung ist ${days} Tage alt.`,
    },
    todo: {
      'link-down':
        'Verloren ist nichts: Anfragen warten dort versiegelt. Prüfen Sie, ob der Edge läuft, ob diese Maschine ihn erreicht und ob die Uhren übereinstimmen.',
      'spool-old':
        'Verloren ist nichts. Prüfen Sie, ob der Vault den Edge erreicht und ob die Datenbanken unten antworten; dann übernimmt er von selbst, was wartet.',
      'database-away':
        'Starten Sie sie oder sehen Sie in ihr Protokoll. Der Vault macht von selbst weiter, wenn sie wieder da ist.',
      'clickhouse-away':
        'Starten Sie es oder sehen Sie in sein Protokoll. Besuche warten so lange an den Edges und werden später gezählt.',
      'disk-low':
        'Schaffen Sie Platz oder eine größere Platte. Der Edge lehnt neue Anfragen ab, ehe die Platte voll ist.',
      'mails-failed':
        'Sehen Sie sie unten an. Der Mailserver nannte einen Grund; bei Adressen, die es nicht gibt, ist nichts zu tun.',
      'mails-unknown':
        'Sie gingen im Augenblick eines Absturzes hinaus und werden nicht von selbst noch einmal gesendet. Senden Sie sie unten noch einmal, wenn ein zweites Exemplar nicht stört.',
      'mails-stuck': 'Prüfen Sie den Mailserver und SMTP_URL. Sie gehen hinaus, sobald er sie nimmt.',
      'requests-set-aside':
        'Ein Fehler im Programm stand im Weg; sie liegen versiegelt bereit. Aktualisieren Sie, dann versuchen Sie es unten noch einmal.',
      'task-failed': 'Sehen Sie in das Protokoll des Vaults, dann lassen Sie sie unten laufen.',
      'no-gateway-key':
        'Stellen Sie die Datenbank keyring wieder her, oder machen Sie mit „avow keys rotate“ und dem Wurzelschlüssel einen neuen.',
      'key-log-broken': 'Jemand oder etwas hat es verändert. Stellen Sie die Datenbank des Vaults wieder her.',
      'key-old': 'Lösen Sie ihn ab: „avow keys rotate“, mit dem Wurzelschlüssel zur Hand.',
      'retired-keys-left': 'Lassen Sie unten die Aufgabe keys.destroyRetired laufen.',
      'backup-never':
        'Machen Sie eine, von Vault und Schlüsselbund getrennt, und bewahren Sie den Hauptschlüssel bei keiner von beiden auf.',
      'backup-old': 'Machen Sie eine. Was seither registriert wurde, ginge mit dieser Maschine verloren.',
    },
  },
  links: {
    title: 'Edges',
    hint: 'Der Vault ruft sie an; von außen kommt nichts herein.',
    none: 'Kein Edge ist eingestellt',
    noneHint: 'Setzen Sie AVOW_EDGES oder vault.edges und starten Sie den Vault neu.',
    columns: {
      edge: 'Edge',
      state: 'Verbindung',
      answered: 'Letzte Antwort',
      waiting: 'Wartet dort',
      oldest: 'Das Älteste',
      hand: 'In Arbeit',
      drain: 'Besuche übernommen',
    },
    connected: 'verbunden',
    away: 'weg',
    never: 'nie',
    today: 'von heute',
    daysOld: (count: number) => plural(count, { one: '# Tag alt', other: '# Tage alt' }),
    ago: (text: string) => `vor ${text}`,
  },
  engines: {
    title: 'Datenbanken und Platte',
    columns: { name: 'Datenbank', state: 'Stand', version: 'Version', size: 'Auf der Platte' },
    names: { vault: 'Vault (PostgreSQL)', keyring: 'Schlüsselbund (PostgreSQL)', clickhouse: 'Besuche (ClickHouse)' },
    states: { reachable: 'erreichbar', away: 'weg', 'not configured': 'nicht eingestellt' },
    disk: (free: string, total: string) => `${free} von ${total} sind auf der Platte frei.`,
    noDisk: 'Das System sagt nicht, wie viel Platz ist.',
  },
  mail: {
    title: 'Mails',
    figures: { waiting: 'Warten', failed: 'Abgelehnt', unknown: 'Ungewiss', handedOver: 'Übergeben' },
    handedOverHint: 'solange sie aufbewahrt sind',
    caught: 'Kein Mailserver ist eingestellt: Mails landen im örtlichen Fänger, niemand bekommt sie.',
    troubled: 'Abgelehnte und ungewisse Mails',
    troubledHint: 'Weder Adresse noch Inhalt werden gezeigt.',
    none: 'Alle Mails kamen an',
    noneHint: 'Mails, die ein Server abgelehnt hat oder die ein Absturz im Ungewissen ließ, stünden hier.',
    columns: { purpose: 'Wozu', state: 'Stand', code: 'Antwort', day: 'Tag', act: 'Noch einmal' },
    states: { failed: 'abgelehnt', unknown: 'ungewiss' },
    again: 'Noch einmal senden',
    againOf: (purpose: string, id: string) => `Noch einmal senden: ${purpose}, ${id}`,
    confirm: {
      title: 'Diese Mail noch einmal senden',
      text: 'Niemand weiß, ob sie ankam. Wenn ja, bekommt die Person sie ein zweites Mal. Sonst geschieht nichts doppelt: Die Links darin gelten einmal.',
      button: 'Noch einmal senden',
    },
    queued: 'Sie ist eingereiht.',
  },
  setAside: {
    title: 'Zurückgelegte Anfragen',
    none: 'Keine',
    some: (count: number) =>
      plural(count, {
        one: '# angenommene Anfrage wartet versiegelt.',
        other: '# angenommene Anfragen warten versiegelt.',
      }),
    oldest: (oldest: string) => `Die älteste ist vom ${day(oldest)}.`,
    retry: 'Noch einmal versuchen',
    left: (count: number) =>
      count === 0 ? 'Alle wurden ausgeführt.' : plural(count, { one: '# bleibt.', other: '# bleiben.' }),
  },
  tasks: {
    title: 'Regelmäßige Aufgaben',
    hint: 'Die Zeiten sind UTC. Aufgaben, die etwas vergessen, sagen, wie viele Zeilen an dem Tag gelöscht wurden.',
    columns: {
      name: 'Aufgabe',
      cron: 'Wann',
      last: 'Letzter Tag',
      ran: 'Läufe',
      gone: 'Gelöscht',
      state: 'Stand',
      act: 'Starten',
    },
    ok: 'gut',
    failed: 'gescheitert',
    never: 'noch nicht',
    run: 'Jetzt starten',
    runOf: (name: string) => `Jetzt starten: ${name}`,
    started: (name: string) => `${name} läuft innerhalb einer halben Minute.`,
  },
  keys: {
    title: 'Schlüssel und Sicherungen',
    active: 'Schlüssel des Vaults',
    activeSince: (since: string, days: number) =>
      plural(days, { one: `seit ${day(since)}, # Tag`, other: `seit ${day(since)}, # Tage` }),
    noActive: 'fehlt',
    log: 'Schlüsselprotokoll',
    verified: 'stimmt',
    broken: 'stimmt nicht',
    retired: 'Abgelöste Schlüssel',
    retiredUntil: (last: string) => `der letzte wird am ${day(last)} vernichtet`,
    master: 'Hauptschlüssel',
    masterDay: (made: string) => `eine Datei vom ${day(made)}`,
    noMaster: 'keine Datei im Ordner der Schlüssel',
    root: 'Wurzelschlüssel, öffentliche Hälfte',
    rootNone: 'noch keiner',
    dataKeys: 'Datenschlüssel',
    backup: 'Letzte Sicherung',
    never: 'nie',
    rollUps: 'Besuche zusammengefasst bis',
    rollUpsStale: (count: number) => plural(count, { one: '# Tag wartet', other: '# Tage warten' }),
    rollUpsNone: 'noch nichts',
  },
};
