// Mail that the organisation sends itself.
import { bank, bought, group, relayMachines } from './organisation.ts';
import { add, lane, shape } from './setting.ts';
import type { Setting } from './setting.ts';
import { isWorkday, machines, monthDay } from './space.ts';

const office = (day: number): number => (isWorkday(day) ? 1 : 0.15);

export function ownOrigins(setting: Setting): void {
  const { org, dice } = setting;
  for (const region of ['north', 'south'] as const) {
    const machinesOf = relayMachines(org, region);
    const countries = org.countries.filter(({ relay }) => relay === region);
    // Signed with the group's key alone: aligned for the group's own names, by relaxed alignment, and for no brand. On a day in May the
    // key is another.
    const lanes = countries.flatMap(({ staff, brand, code }) =>
      (
        [
          ['g1', [0, 89]],
          ['g2', [89, Infinity]],
        ] as const
      ).flatMap(([selector, during]) =>
        (
          [
            [staff, 60],
            [brand, 45],
          ] as const
        ).map(([author, volume]) => ({
          ...lane(shape(author, author, `out.${code}.relay.${group}`, `${selector}@${group}`), machinesOf, volume),
          during,
        })),
      ),
    );
    add(setting, {
      id: `relay-${region}`,
      kind: 'own',
      party: 'Group Messaging',
      sender: `Meridion relay ${region}`,
      lanes,
      busy: office,
      declared: {
        domains: countries.map(({ brand }) => brand).join(' '),
        networks: org.relays[region].prefix,
        purpose: 'all mail of staff',
      },
    });
    // A machine answers with a null sender; what it calls itself has a record in the north and none in the south.
    add(setting, {
      id: `bounces-${region}`,
      kind: 'own',
      party: 'Group Messaging',
      sender: `Meridion relay ${region}`,
      lanes: countries.map(({ brand, code }) =>
        lane(
          shape(brand, '', `out.${code}.relay.${group}`),
          [
            {
              address: org.relays[region].at(20 + org.countries.findIndex((each) => each.code === code)),
              reverse: `out.${code}.relay.${group}`,
              leadsBack: true,
            },
          ],
          5,
          1,
        ),
      ),
    });
  }
  for (const [i, country] of org.countries.entries()) {
    const bill = `bill.${country.brand}`;
    const engines = machines(country.billing, 3, 3, `engine-#.${bill}`);
    const first = 3 + i * 4;
    add(setting, {
      id: `billing-${country.code}`,
      kind: 'own',
      party: `Finance ${country.nation}`,
      sender: `Meridion ${country.nation} billing`,
      every: 'monthly',
      busy: (day) => (monthDay(day) >= first && monthDay(day) < first + 3 ? 1 : 0),
      lanes: [
        lane(shape(country.brand, `bounce.${bill}`, `engine.${bill}`, `${country.code}2025@${bill}`), engines, 500, 3),
      ],
      declared: { domains: country.brand, networks: country.billing.prefix, purpose: 'monthly bills' },
    });
    // Subscribers through the servers meant for them, and some past them, from their line at home.
    const submission = machines(country.submission, 2, 3, `smtp-#.${country.home}`);
    const look = shape(country.home, country.home, `smtp.${country.home}`, `sub@${country.home}`);
    add(setting, {
      id: `subscribers-${country.code}`,
      kind: 'own',
      party: `Consumer ${country.nation}`,
      sender: `${country.home} submission`,
      lanes: [lane(look, submission, 70)],
    });
    const lines = machines(country.access, 200 + dice.whole(500), 60, `@.dsl.${country.home}`);
    add(setting, {
      id: `lines-${country.code}`,
      kind: 'own',
      party: `Consumer ${country.nation}`,
      sender: `${country.home} lines`,
      lanes: [lane({ ...look, helo: 'router.home', signatures: [] }, lines, 5, 4)],
    });
  }
  const bankMachines = machines(org.bankNet, 2, 6, `tx#.${bank}`);
  add(setting, {
    id: 'pay',
    kind: 'own',
    party: 'Meridion Pay',
    sender: 'Meridion Pay platform',
    lanes: [
      lane(shape(bank, bank, `tx.${bank}`, `pay@${bank}`, `pay@${group}`), bankMachines, 160, 3),
      // Statements go by a subdomain with relaxed DKIM alone.
      lane(shape(`statements.${bank}`, bank, `tx.${bank}`, `pay@${bank}`), bankMachines, 30, 2),
    ],
    declared: { domains: bank, networks: org.bankNet.prefix, purpose: 'transactions' },
  });
  setting.publishers.push((book) => {
    book.keys.set(`pay._domainkey.${group}`, { revoked: false });
    book.hosts.set(`statements.${bank}`, 'mx');
  });
  add(setting, {
    id: 'noc-alerts',
    kind: 'own',
    party: 'Network Operations',
    sender: 'monitoring',
    lanes: [
      lane(shape(`noc.${group}`, `noc.${group}`, 'localhost'), machines(org.office, 8, 2, `nagios-#.noc.${group}`), 12),
    ],
  });
  add(setting, {
    id: 'payslips',
    kind: 'own',
    party: 'Human Resources',
    sender: 'pay slips',
    every: 'monthly',
    busy: (day) => (monthDay(day) === 25 ? 1 : 0),
    lanes: [lane(shape(`people.${group}`, group, `hr.${group}`), machines(org.office, 20, 1, `hr.${group}`), 120, 1)],
  });
  add(setting, {
    id: 'kabelwerk',
    kind: 'own',
    party: 'Kabelwerk',
    sender: 'Kabelwerk mail',
    lanes: [
      lane(
        shape(bought, bought, `mail.${bought}`, `kw@${bought}`),
        machines(org.boughtNet, 4, 2, `mail#.${bought}`),
        40,
      ),
    ],
  });
  // Its old printers and the system of its doors sign nothing.
  add(setting, {
    id: 'kabelwerk-devices',
    kind: 'own',
    party: 'Kabelwerk',
    sender: 'printers and doors',
    lanes: [lane(shape(bought, bought, 'door'), machines(org.boughtNet, 9, 3), 6, 1)],
  });
  // Staff on the road: whatever server the hotel, or the hoster of a customer, offers.
  const traveller = org.countries[1]!;
  for (const name of ['Hostelia', 'Serverweide', 'Racknest']) {
    const home = name.toLowerCase();
    add(setting, {
      id: `roaming-${home}`,
      kind: 'own',
      party: `Sales ${traveller.nation}`,
      sender: name,
      busy: (day) => (isWorkday(day) ? 1 : 0),
      lanes: [
        lane(
          shape(traveller.brand, traveller.brand, 'laptop'),
          machines(org.space.block(name, 'FR', 256), 30, 3, `smarthost#.${home}.example`),
          2,
          1,
        ),
      ],
    });
  }
}
