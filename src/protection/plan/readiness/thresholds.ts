// The thresholds of gates: settings, each with a default that is argued in docs/opinions.md. None is a share of all mail.

/** A whole number each, for the organisation or for one domain. */
export const gateThresholds = [
  {
    name: 'look-days',
    default: 28,
    about: 'days of reports that there must be before a policy may cost mail: four of every weekday',
  },
  { name: 'hold-days', default: 14, about: 'days on a rung before the next, where programs send' },
  {
    name: 'hold-days-users',
    default: 30,
    about: 'days on none, and days on quarantine, where people send (RFC 9989 §7.4)',
  },
  {
    name: 'mended-days',
    default: 14,
    about: 'days without a loss after which a stream that used to lose counts as mended',
  },
  {
    name: 'gone-days',
    default: 35,
    about: 'days of silence after which what used to come every day counts as gone, and not as waiting',
  },
  {
    name: 'gone-here-days',
    default: 92,
    about: 'days of silence of one author domain after which a stream that goes on under others counts as gone from it',
  },
  {
    name: 'stray-per-10000',
    default: 20,
    about: 'messages of 10,000 of one stream that may fail at addresses that otherwise pass: broken on the way',
  },
  {
    name: 'forged-percent',
    default: 90,
    about: 'how sure it must be that undecided mail is forged for it not to shut a gate',
  },
  {
    name: 'np-days',
    default: 30,
    about: 'days without a wanted or undecided stream on names that do not exist, before np',
  },
  { name: 'look-back-days', default: 400, about: 'how far back mail counts: what comes once a year is in it' },
  {
    name: 'report-gap-days',
    default: 7,
    about: 'days without any report of a domain after which its evidence is too old',
  },
] as const;

export type GateThreshold = (typeof gateThresholds)[number]['name'];
export type GateThresholds = Readonly<Record<GateThreshold, number>>;

/** The name of a setting in the register: of all domains, or of one. */
export function thresholdSetting(name: GateThreshold, domain?: string): string {
  return domain === undefined ? `gate/${name}` : `gate/${name}@${domain}`;
}

/** The thresholds of a domain: its own, else those of the organisation, else the defaults. */
export function thresholdsOf(setting: (name: string) => string | undefined, domain: string): GateThresholds {
  return Object.fromEntries(
    gateThresholds.map(({ name, default: usual }) => {
      const set = setting(thresholdSetting(name, domain)) ?? setting(thresholdSetting(name));
      return [name, set === undefined ? usual : Number(set)];
    }),
  ) as Record<GateThreshold, number>;
}
