// Mail of those who are not the organisation.
import type { Dice } from './dice.ts';
import { bank, bought, group, parked, resold } from './organisation.ts';
import { knownPools } from './origins-third.ts';
import { add, lane, published, shape } from './setting.ts';
import type { Setting } from './setting.ts';
import type { Source } from './model.ts';
import { machines } from './space.ts';

const lands = [
  ['Vortex Cable', 'BR'],
  ['Ganges Fiber', 'IN'],
  ['Tundra Net', 'KZ'],
  ['Delta Mobile', 'NG'],
  ['Andes DSL', 'PE'],
  ['Mekong ISP', 'VN'],
  ['Nile Access', 'EG'],
  ['Java Line', 'ID'],
] as const;

/** Addresses of infected machines, a few of each of many networks. */
function bots(setting: Setting, dice: Dice, count: number): Source[] {
  const found: Source[] = [];
  while (found.length < count) {
    const [name, nation] = lands[found.length % lands.length]!;
    const block = setting.org.space.block(name, nation, 1024);
    const isNamed = dice.unit() < 0.7;
    const home = `${name.toLowerCase().replace(' ', '-')}.example`;
    for (let i = 0; i < 12 && found.length < count; i++)
      found.push(...machines(block, dice.whole(1000), 1, isNamed ? `host-@.pool.${home}` : undefined));
  }
  // The same address drawn twice is one machine.
  return [...new Map(found.map((each) => [each.address, each])).values()];
}

export function forgedOrigins(setting: Setting): void {
  const { org, dice, scale } = setting;
  const [first, second, third, fourth] = org.countries;
  const [se, ie, pt, cz] = [first!, second!, third ?? first!, fourth ?? second!];
  const during =
    (from: number, days: number) =>
    (day: number): number =>
      day >= from && day < from + days ? 1 : 0;
  const some = (days: number): number => 4 + dice.whole(scale.days - days - 8);
  // One address and a few days each: nothing is aligned, the name is ours.
  for (const [i, author] of [se.brand, group, ie.brand, bought, cz.brand, pt.brand].entries()) {
    const home = `offer-${i}.example`;
    const block = org.space.block(`Bulletproof ${i % 3}`, 'MD', 128);
    published(setting, home, [block.at(9)], [`k._domainkey.${home}`]);
    const from = some(4);
    add(setting, {
      id: `campaign-${i}`,
      kind: 'forged',
      party: 'unknown',
      sender: home,
      every: 'once',
      since: from,
      busy: during(from, 2 + dice.whole(3)),
      weight: 3,
      lanes: [
        lane(
          i % 2 === 0 ? shape(author, home, home, `k@${home}`) : shape(author, author, home),
          machines(block, 9, 1, i % 3 === 0 ? `vm9.${home}` : undefined),
          1,
          1,
        ),
      ],
    });
  }
  const army = bots(setting, dice, scale.bots);
  add(setting, {
    id: 'botnet-brands',
    kind: 'forged',
    party: 'unknown',
    sender: 'infected machines',
    weight: 30,
    busy: (day) => (Math.floor(day / 9) % 3 === 1 ? 3 : 0.4),
    lanes: [se, ie, pt, cz].map(({ brand }) => lane(shape(brand, brand, 'user-pc'), army, 1, 7)),
  });
  const mutes = bots(setting, dice, Math.ceil(scale.bots / 4));
  add(setting, {
    id: 'botnet-null',
    kind: 'forged',
    party: 'unknown',
    sender: 'infected machines',
    weight: 8,
    // A null sender; in HELO the name of a true machine of ours, which has a record.
    lanes: [
      lane(shape(se.brand, '', `out.${se.code}.relay.${group}`), mutes, 1, 3),
      lane(shape(pt.staff, '', 'localhost.localdomain'), mutes, 1, 3),
    ],
  });
  const invented = bots(setting, dice, Math.ceil(scale.bots / 5));
  add(setting, {
    id: 'absent-names',
    kind: 'forged',
    party: 'unknown',
    sender: 'infected machines',
    weight: 12,
    lanes: [
      lane(shape(`secure-login.${group}`, `secure-login.${group}`, 'mail'), invented, 2, 4),
      lane(shape(`refund.${cz.brand}`, `refund.${cz.brand}`, 'mail'), invented, 1, 3),
      lane(shape(`id.${pt.staff}`, 'ganges-fiber.example', 'mail'), invented, 1, 2),
    ],
  });
  // A signature cut from a true message: it names our key and does not hold.
  const copier = org.space.block('Hetzbox', 'RO', 64);
  add(setting, {
    id: 'copied-signature',
    kind: 'forged',
    party: 'unknown',
    sender: 'rented machines',
    weight: 7,
    busy: during(20, 60),
    lanes: [
      lane(shape(se.staff, se.staff, 'mta1', `!g1@${group}`), machines(copier, 11, 4), 2, 2),
      lane(
        shape(bank, 'paynotice.example', 'mta1', `!pay@${bank}`, 'x@paynotice.example'),
        machines(copier, 20, 2),
        1,
        1,
      ),
    ],
  });
  published(setting, 'paynotice.example', [copier.prefix], ['x._domainkey.paynotice.example']);
  // Snowshoe: whole networks that send a little each, all in order but for the name in From.
  for (const [i, author] of [group, ie.brand, resold].entries()) {
    const home = `deals-${['ember', 'cobalt', 'fern'][i]}.example`;
    const block = org.space.block(`Prairie Hosting ${i}`, 'US', 64);
    published(setting, home, [block.prefix], [`s1._domainkey.${home}`], '-');
    add(setting, {
      id: `snowshoe-${i}`,
      kind: 'forged',
      party: 'unknown',
      sender: home,
      weight: 7,
      busy: (day) => (day % 4 === i ? 1 : 0.2),
      lanes: [lane(shape(author, home, home, `s1@${home}`), machines(block, 1, 60, `r@.${home}`), 1, 5)],
    });
  }
  add(setting, {
    id: 'parked-names',
    kind: 'forged',
    party: 'unknown',
    sender: 'infected machines',
    weight: 8,
    lanes: parked.map((name) => lane(shape(name, name, 'mail'), army, 1, 3)),
  });
  // Another tenant of a service that our service desk uses without anything set up: nobody can tell the two apart.
  add(setting, {
    id: 'tenant',
    kind: 'forged',
    party: 'unknown',
    sender: 'SparkPost',
    every: 'once',
    since: 70,
    busy: during(70, 2),
    weight: 0.4,
    lanes: [
      lane(
        shape(cz.brand, 'sparkpostmail.com', 'mta.sparkpostmail.com', 'scph0126@sparkpostmail.com'),
        knownPools.sparkpost,
        1,
        2,
      ),
    ],
  });
  // A true bill, sent again and again by strangers: its signature holds.
  const again = org.space.block('Echo VPS', 'BG', 32);
  const bill = `bill.${se.brand}`;
  published(setting, 'echo-vps.example', [again.prefix], []);
  add(setting, {
    id: 'replayed-bill',
    kind: 'abused',
    party: 'unknown',
    sender: 'rented machines',
    every: 'once',
    since: 61,
    busy: during(61, 6),
    weight: 3,
    lanes: [lane(shape(se.brand, 'echo-vps.example', 'echo', `${se.code}2025@${bill}`), machines(again, 4, 3), 1, 2)],
  });
  // A subscriber's password was stolen: what is sent with it looks like all subscribers' mail.
  const submission = setting.origins.find(({ id }) => id === `subscribers-${cz.code}`)!.lanes[0]!;
  add(setting, {
    id: 'stolen-mailbox',
    kind: 'abused',
    party: 'unknown',
    sender: `${cz.home} submission`,
    every: 'once',
    since: 33,
    busy: during(33, 3),
    weight: 0.3,
    lanes: [{ ...submission, volume: 1 }],
  });
}
