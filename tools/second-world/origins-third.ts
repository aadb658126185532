// Mail that others send for the organisation: services everybody knows (what they publish is public: an excerpt of each), services
// nobody knows, agencies, and a customer.
import { bank, bought, group, resold } from './organisation.ts';
import { add, lane, letsIn, published, shape } from './setting.ts';
import type { Setting } from './setting.ts';
import type { Source } from './model.ts';
import { isWorkday, machines, monthDay, monthOf } from './space.ts';

/** Addresses of a service whose tenants share them. */
const pool = (name: string, begin: string, from: number, count: number, pattern: string): Source[] =>
  Array.from({ length: count }, (_, i) => {
    const address = `${begin}.${from + i * 3}`;
    return { address, reverse: pattern.replace('@', address.replaceAll('.', '-')), leadsBack: true, shared: name };
  });

export const knownPools = {
  campaign: pool('Campaign Monitor', '203.55.21', 20, 8, 'mx@.cmail20.com'),
  sparkpost: pool('SparkPost', '147.253.210', 40, 8, 'mta-@.sparkpostmail.com'),
  microsoft: pool('Microsoft 365', '40.107.22', 30, 8, 'mail-@.outbound.protection.outlook.com'),
};

export function thirdOrigins(setting: Setting): void {
  const { org } = setting;
  const [first, second, , fourth] = org.countries;
  const [se, ie, cz] = [first!, second!, fourth ?? second!];
  published(
    setting,
    '_spf.createsend.com',
    ['27.126.146.0/24', '103.28.42.0/24', '146.88.28.0/24', '203.55.21.0/24', '204.75.142.0/24'],
    ['cm._domainkey.cmail20.com'],
  );
  published(setting, 'cmail20.com', ['203.55.21.0/24', '204.75.142.0/24']);
  published(
    setting,
    'sparkpostmail.com',
    ['147.253.208.0/20', '192.174.80.0/20'],
    ['scph0126._domainkey.sparkpostmail.com'],
  );
  published(
    setting,
    'spf.protection.outlook.com',
    ['40.92.0.0/15', '40.107.0.0/16', '52.100.0.0/14', '104.47.0.0/17'],
    ['selector1._domainkey.meridionie.onmicrosoft.com'],
    '-',
  );

  // Newsletters by a service of two people, which moves to other addresses every month; its key stands behind an alias.
  const moves = Array.from({ length: 9 }, () => org.space.block('Brevilo Hosting', 'DE', 16));
  published(setting, 'bounce.brevilo.example', (day) => [moves[monthOf(day)]!.prefix], [
    'd1._domainkey.brevilo.example',
  ]);
  const byMonth = moves.map((block) => machines(block, 2, 4, `out-@.brevilo.example`));
  for (const country of [se, cz]) {
    const news = `news.${country.brand}`;
    setting.publishers.push((book) => {
      book.keys.set(`bv._domainkey.${news}`, { alias: `bv.${country.code}.dkim.brevilo.example` });
      book.keys.set(`bv.${country.code}.dkim.brevilo.example`, { revoked: false });
      book.hosts.set(news, 'mx');
    });
    add(setting, {
      id: `newsletter-${country.code}`,
      kind: 'third',
      party: `Marketing ${country.nation}`,
      sender: 'Brevilo',
      every: 'weekly',
      busy: (day) => (day % 7 === 2 ? 1 : 0),
      lanes: [
        lane(
          shape(news, 'bounce.brevilo.example', 'out.brevilo.example', `bv@${news}`, 'd1@brevilo.example'),
          (day) => byMonth[monthOf(day)]!,
          260,
          3,
        ),
      ],
      declared: { domains: news, networks: '', purpose: 'newsletter' },
    });
  }
  // A survey by a service everybody knows that has a key of ours, and one whose tenant never set anything up.
  add(setting, {
    id: 'surveys',
    kind: 'third',
    party: 'Customer Insight',
    sender: 'Campaign Monitor',
    every: 'weekly',
    busy: (day) => (day % 7 === 3 ? 1 : 0),
    lanes: [
      lane(
        shape(se.brand, 'cmail20.com', 'mx.cmail20.com', `cm@${se.brand}`, 'cm@cmail20.com'),
        knownPools.campaign,
        180,
      ),
    ],
  });
  add(setting, {
    id: 'tickets',
    kind: 'third',
    party: `Service desk ${cz.nation}`,
    sender: 'SparkPost',
    lanes: [
      lane(
        shape(cz.brand, 'sparkpostmail.com', 'mta.sparkpostmail.com', 'scph0126@sparkpostmail.com'),
        knownPools.sparkpost,
        16,
      ),
    ],
  });
  setting.publishers.push((book) => {
    book.keys.set(`cm._domainkey.${se.brand}`, { revoked: false });
    letsIn(book, ie.brand, 'spf.protection.outlook.com');
    book.keys.set(`selector1._domainkey.${ie.brand}`, { alias: 'selector1-ie._domainkey.meridionie.onmicrosoft.com' });
    book.keys.set('selector1-ie._domainkey.meridionie.onmicrosoft.com', { revoked: false });
  });
  add(setting, {
    id: 'office-ie',
    kind: 'third',
    party: `Office ${ie.nation}`,
    sender: 'Microsoft 365',
    busy: (day) => (isWorkday(day) ? 1 : 0.1),
    lanes: [
      lane(
        shape(
          ie.brand,
          ie.brand,
          'mail.outbound.protection.outlook.com',
          `selector1@${ie.brand}`,
          'selector1@meridionie.onmicrosoft.com',
        ),
        knownPools.microsoft,
        50,
      ),
    ],
    declared: { domains: ie.brand, networks: '', purpose: 'mailboxes of the Irish office' },
  });
  // A helpdesk and a shop of departments: keys by alias, envelopes of the services.
  for (const [name, author, title, volume, since] of [
    ['Deskly', `help.${se.brand}`, 'Service desk SE', 30, 0],
    ['Kassette', `shop.${ie.brand}`, 'Shop IE', 25, 34],
  ] as const) {
    const home = `${name.toLowerCase()}.example`;
    const block = org.space.block(name, 'IE', 64);
    published(setting, `rp.${home}`, [block.prefix], [`s._domainkey.${home}`], '-');
    setting.publishers.push((book, day) => {
      if (day < since) return;
      book.keys.set(`${name.toLowerCase()}._domainkey.${author}`, { alias: `t-${author.split('.')[0]}.dkim.${home}` });
      book.keys.set(`t-${author.split('.')[0]}.dkim.${home}`, { revoked: false });
      book.hosts.set(author, 'mx');
    });
    add(setting, {
      id: name.toLowerCase(),
      kind: 'third',
      party: title,
      sender: name,
      since,
      lanes: [
        lane(
          shape(author, `rp.${home}`, `out.${home}`, `${name.toLowerCase()}@${author}`, `s@${home}`),
          machines(block, 5, 6, `o#.${home}`),
          volume,
        ),
      ],
    });
  }
  // The collector of debts mails by the bank's permission, and signs as itself.
  const collector = org.space.block('Incassia', 'IE', 16);
  published(setting, '_spf.incassia.example', [collector.prefix], ['in._domainkey.incassia.example']);
  setting.publishers.push((book) => letsIn(book, bank, '_spf.incassia.example'));
  add(setting, {
    id: 'collector',
    kind: 'third',
    party: 'Credit Management',
    sender: 'Incassia',
    every: 'monthly',
    busy: (day) => (monthDay(day) === 12 ? 1 : 0),
    lanes: [
      lane(
        shape(bank, bank, 'mail.incassia.example', 'in@incassia.example'),
        machines(collector, 3, 2, 'mail#.incassia.example'),
        90,
      ),
    ],
    declared: { domains: bank, networks: collector.prefix, purpose: 'reminders' },
  });
  // An agency with a rented machine, one week only: no leg.
  const agency = org.space.block('Rentrack', 'NL', 512);
  add(setting, {
    id: 'agency',
    kind: 'third',
    party: 'Brand Campaign',
    sender: 'Studio Vuurtoren',
    every: 'once',
    since: 50,
    busy: (day) => (day >= 50 && day < 55 ? 1 : 0),
    lanes: [
      lane(
        shape(`campaign.${group}`, 'vuurtoren.example', 'vps.vuurtoren.example'),
        machines(agency, 77, 1, 'vps.vuurtoren.example'),
        60,
        1,
      ),
    ],
    declared: { domains: `campaign.${group}`, networks: agency.at(77), purpose: 'anniversary campaign' },
  });
  published(setting, 'vuurtoren.example', [agency.at(77)], []);
  setting.publishers.push((book) => void book.hosts.set(`campaign.${group}`, 'mx'));
  // A dealer confirms orders as the brand he sells, from his own server in his shop.
  const dealer = org.space.block('Ordenador Tienda', 'PT', 16);
  published(setting, 'ordenador.example', [dealer.at(3)], ['mail._domainkey.ordenador.example'], '-');
  add(setting, {
    id: 'dealer',
    kind: 'third',
    party: 'Dealers',
    sender: 'Ordenador',
    lanes: [
      lane(
        shape(resold, 'ordenador.example', 'mail.ordenador.example', 'mail@ordenador.example'),
        machines(dealer, 3, 1, 'mail.ordenador.example'),
        14,
        1,
      ),
    ],
  });
  add(setting, {
    id: 'volta',
    kind: 'own',
    party: 'Volta Mobil',
    sender: 'Meridion relay south',
    lanes: [
      lane(
        shape(resold, resold, 'volta.relay.meridion.example'),
        machines(org.relays.south, 40, 2, 'volta-#.south.relay.meridion.example'),
        22,
      ),
    ],
  });
  // Kabelwerk's auditors write once in a quarter, as Kabelwerk.
  const audit = org.space.block('Revisor', 'AT', 16);
  published(setting, 'revisor.example', [audit.prefix], ['r._domainkey.revisor.example']);
  add(setting, {
    id: 'auditors',
    kind: 'third',
    party: 'Kabelwerk finance',
    sender: 'Revisor',
    every: 'quarterly',
    busy: (day) => (monthDay(day) === 5 && monthOf(day) % 3 === 1 ? 1 : 0),
    lanes: [
      lane(
        shape(bought, 'revisor.example', 'm.revisor.example', 'r@revisor.example'),
        machines(audit, 2, 1, 'm.revisor.example'),
        40,
        1,
      ),
    ],
  });
}
