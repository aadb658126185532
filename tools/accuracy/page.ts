// docs/accuracy.md, written from the figures of a run: nothing in it depends on the day or the machine.
import type { Judged } from './part.ts';
import type { WorldName } from './world.ts';

/** A figure and the world it is of. */
export interface Line extends Judged {
  readonly world: WorldName;
}

const explained: readonly (readonly [metric: string, about: string])[] = [
  ['ours-precision', 'of what is said to be ours (own or third party) with confidence 0.9 or more, the share that is'],
  [
    'legitimate-undecided',
    'of the legitimate mail, the share that is not said to be anything with confidence 0.9 or more',
  ],
  ['legitimate-undecided-by-kind', 'of the legitimate mail, the share whose kind is said to be undecided'],
  [
    'legitimate-said-otherwise',
    'of the legitimate mail, the share said with confidence 0.9 or more to be a forwarder, forged or abused',
  ],
  [
    'calibration-error',
    'expected calibration error over ten bins of confidence; undecided lines say nothing and have none',
  ],
  [
    'legitimate-streams-called-otherwise',
    'true streams of ours more than half of which is called a forwarder or forged with confidence 0.9 or more',
  ],
  [
    'found-streams-called-otherwise',
    'streams called a forwarder or forged with confidence 0.9 or more that are mostly ours',
  ],
  [
    'forged-called-ours',
    'observable classes that are mostly forged and called ours with confidence 0.9 or more; by message, their messages',
  ],
  ['b-cubed-f', 'B-cubed F of our streams over the classes that are mostly ours, averaged per true stream'],
  ['adjusted-rand', 'adjusted Rand index over the same classes'],
  [
    'streams-found',
    'true streams of ours with 20 messages or more that have most of their classes in one stream that is mostly theirs',
  ],
  ['streams-per-origin', 'streams of every kind, by the number of origins there are'],
  ['totals-moved', 'distance of the counted messages from the true ones, as a share of these'],
  ['unmatched-messages', 'messages in rows that no authentic report has, as a share of all'],
  ['unmatched-rows', 'such rows'],
  ['missing-classes', 'classes that authentic reports show and Zegel does not'],
  [
    'settled-messages',
    'legitimate messages authorised by a person who answers the queue in its order, by the truth, 1.5 times for each true stream of ours',
  ],
  ['settled-streams', 'true streams of ours most of which is authorised by then'],
  [
    'forged-authorised',
    'observable classes that are mostly forged and are authorised by then; by message, their messages',
  ],
  ['decisions', 'how many decisions that were'],
  [
    'what-if-outside',
    'messages that met, in a changed world that was played, what zegel what-if had said was not possible, per origin of mail',
  ],
  ['what-if-certain-and-otherwise', 'origins of which everything was said to be certain, and that met something else'],
  [
    'what-if-not-certain',
    'half of the distance between the least and the most that was said, as a share of all messages',
  ],
  ['what-if-distance', 'messages that met something else than was expected'],
  ['what-if-losses-without-a-stream', 'of the messages that may be lost, the share of which no stream was named'],
  ['what-if-unknown-rows', 'messages of rows that no authentic report has'],
  [
    'gates-open-lost',
    'legitimate messages, of origins that had been reported under that author domain, that did not arrive once the steps with an open gate were taken, and had arrived otherwise; a step is the next rung (p), another policy for names below (sp) or names that do not exist (np), strict alignment where the policy is reject (adkim=s, aspf=s), or an SPF record that ends in -all, where some receivers turn away at MAIL FROM what SPF fails',
  ],
  [
    'gates-harmful-shut',
    'of the steps that would have lost such mail, played whatever their gate, the share whose gate was shut',
  ],
  ['gates-harmless-open', 'of the steps with which no such mail is lost at all, the share whose gate was open'],
  [
    'gates-ailing-shut',
    'of the steps that would have lost no more of such mail than is lost there in any case (for -all: that would have turned away forwarded mail), the share whose gate was shut',
  ],
  ['gates-open-lost-unseen', 'legitimate messages lost under open gates of origins that nobody had reported before'],
  ['gates-open-lost-forwarded', 'forwarded messages lost under open gates'],
  ['unseen-estimate', 'streams of ours that may be unseen, as zegel ladder --when says after so many days of reports'],
  ['unseen-estimate-at-most', 'the upper end of its range'],
  [
    'unseen-came',
    'true streams of ours that reports showed only later, might have mailed before, and come at least twice in as much time',
  ],
  ['unseen-came-rarer', 'such streams that come more seldom: no estimate from what was seen can know of them'],
  ['unseen-came-begun', 'streams of ours that only began later'],
  ['undecided-growth', 'what reverse DNS would have decided of the legitimate mail'],
];

/** Figures of the machine, not of the product's judgement. */
const ofTheMachine = new Set(['attribution-seconds', 'attribution-memory-mb']);

/** The page of a run. */
export function page(lines: readonly Line[]): string {
  const worlds = [...new Set(lines.map(({ world }) => title(world)))];
  const rows = new Map<string, { first: Line; cells: Map<string, Line> }>();
  for (const line of lines) {
    if (ofTheMachine.has(line.metric)) continue;
    const key = [line.variant ?? '', line.metric, line.stratum, line.by].join('|');
    const row = rows.get(key) ?? { first: line, cells: new Map<string, Line>() };
    row.cells.set(title(line.world), line);
    rows.set(key, row);
  }
  const variants = [...new Set([...rows.values()].map(({ first }) => first.variant ?? ''))];
  const missed = lines.filter(({ met }) => met === false).length;
  const held = lines.filter(({ met }) => met !== null).length;
  const out = [
    '# How good it is',
    '',
    '<!-- Written by npm run accuracy -- --write docs/accuracy.md; not edited by hand. -->',
    '',
    'Zegel was given the reports, zones, reverse names, networks and declarations of made-up organisations (`tools/world/`), and its own commands',
    'were asked who mails as them. What follows is what its answers are worth, held against the truth, which it did not see.',
    ...(lines.every(({ world }) => world.forgedShare !== null) ? ['Nothing was tuned on these worlds.'] : []),
    '',
    `Worlds: ${worlds.map((world) => `\`${world}\``).join(', ')}. ${held - missed} of ${held} targets are met.`,
    '',
    'A cell is the value, then in brackets what an oracle reaches that knows what share of each class of rows that look alike is whose: nobody',
    'who sees only rows can do better for certain. **Bold** misses its target. *row*: every row (all that reports show but day, count and',
    'reporter) counts once; *message*: as many times as it has messages. Aligned: DKIM or SPF passed for the author’s organisation.',
    'Unaligned at a catalogued sender: not so, and the address lies in the published network of a mail service. Rest: all else.',
  ];
  for (const variant of variants) {
    out.push('', variant === '' ? '## Figures' : `## ${capital(variant.replaceAll('-', ' '))}`, '');
    out.push(
      `| figure | stratum | by | ${worlds.join(' | ')} | target |`,
      `|---|---|---|${worlds.map(() => '---').join('|')}|---|`,
    );
    for (const { first, cells } of rows.values()) {
      if ((first.variant ?? '') !== variant) continue;
      const values = worlds.map((world) => cell(cells.get(world)));
      out.push(
        `| ${first.metric} | ${first.stratum} | ${first.by} | ${values.join(' | ')} | ${targetText([...cells.values()])} |`,
      );
    }
  }
  const used = new Set([...rows.values()].map(({ first }) => first.metric));
  out.push('', '## What the figures are', '');
  for (const [metric, about] of explained) if (used.has(metric)) out.push(`- **${metric}**: ${about}.`);
  return `${out.join('\n')}\n`;
}

function title({ seed, size, forgedShare }: WorldName): string {
  return forgedShare === null ? seed : `${seed} ${size} ${Math.round(forgedShare * 100)} %`;
}

function cell(line: Line | undefined): string {
  if (line === undefined) return '';
  const value = line.value === null ? '–' : number(line.value);
  const shown = line.met === false ? `**${value}**` : value;
  return line.ceiling === null ? shown : `${shown} (${number(line.ceiling)})`;
}

function number(value: number): string {
  if (Number.isInteger(value)) return String(value);
  // Four digits, and never rounded up to a perfect score.
  const digits = value.toFixed(4);
  return value < 1 && Number(digits) >= 1 ? '0.9999' : digits;
}

function targetText(lines: readonly Line[]): string {
  const targets = [...new Set(lines.flatMap(({ target }) => (target === null ? [] : [number(target)])))];
  return targets.length === 0 ? 'for the record' : targets.join(' · ');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
