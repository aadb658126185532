// Mail of ours that reaches its reader by way of somebody else: what left well arrives from a stranger's address.
import type { Lane, Origin, Pool } from './model.ts';
import type { Network } from './networks.ts';
import { sharedAddresses, providers, gateways } from './providers.ts';
import { random, sampler, zipf, type Random } from './random.ts';
import type { Setup } from './setup.ts';
import { steadyPool } from './sources.ts';

/**
 * What a forwarder does to a message.
 * - `plain`: nothing; SPF looks at our domain and finds a stranger, the signature holds
 * - `srs`: rewrites the sender to its own domain, the signature holds
 * - `gateway`: changes the body (a banner, rewritten links), so the signature breaks; rewrites the sender or not
 * - `list`: a mailing list: own envelope, a footer, so the signature breaks; rewrites From once our policy enforces
 * - `alias`: a list that changes nothing but the envelope
 * - `invitation`: somebody else's calendar passes an invitation of ours on, unsigned, from its own servers
 */
type Habit = 'alias' | 'gateway' | 'invitation' | 'list' | 'plain' | 'srs';

const overrides: Partial<Record<Habit, Origin['override']>> = {
  list: { type: 'mailing_list', comment: '', share: 0.5 },
  gateway: { type: 'trusted_forwarder', comment: 'arc=pass', share: 0.35 },
  invitation: { type: 'trusted_forwarder', comment: '', share: 0.1 },
};

/** Adds the forwarders of a size; they pass on what the streams already there send. */
export function forwarders(setup: Setup, wanted: { organisations: number; hobbyists: number }): void {
  const originals = setup.origins.filter(
    ({ kind, audience }) => (kind === 'own' || kind === 'third') && audience !== 'unreported',
  );
  const add = (
    id: string,
    party: string,
    sender: string,
    habit: Habit,
    pool: Pool,
    volume: number,
    domain: string,
  ): void => {
    const dice = random('forwarder', id);
    const lanes = passedOn(originals, habit, pool, domain, dice, habit === 'list' || habit === 'invitation' ? 4 : 8);
    const override = overrides[habit];
    setup.origins.push({
      id,
      kind: 'forwarder',
      party,
      sender,
      purpose: habit,
      rhythm: { every: 'daily', weekend: 0.7 },
      volume,
      audience: habit === 'gateway' ? 'business' : 'everyone',
      lanes,
      since: 0,
      until: setup.scale.days,
      ...(override === undefined ? {} : { override }),
    });
  };
  const at = (name: 'cloudflare' | 'google' | 'microsoft' | 'mimecast' | 'proofpoint', full: number): Pool => {
    if (name === 'google' || name === 'microsoft') return setup.shared(name, full);
    return steadyPool(sharedAddresses(setup.sources, name, setup.count(full)), 0.5);
  };
  const google = at('google', 200);
  const microsoft = at('microsoft', 200);
  add('google-forwarding', 'users of Google who forward', providers.google.name, 'plain', google, 260, '');
  add('google-groups', 'groups at Google', providers.google.name, 'alias', google, 130, 'groepen-vereniging.example');
  add(
    'microsoft-forwarding',
    'customers of Microsoft 365 who forward',
    providers.microsoft.name,
    'srs',
    microsoft,
    210,
    'bouwbedrijf-eekhoorn.example',
  );
  add(
    'microsoft-invitations',
    'calendars at Microsoft 365',
    providers.microsoft.name,
    'invitation',
    microsoft,
    22,
    'adviesbureau-kievit.example',
  );
  add('mimecast', 'customers of Mimecast', gateways.mimecast.name, 'gateway', at('mimecast', 90), 160, '');
  add(
    'proofpoint',
    'customers of Proofpoint',
    gateways.proofpoint.name,
    'gateway',
    at('proofpoint', 110),
    130,
    'pps.adviesraad.example',
  );
  add(
    'cloudflare',
    'users of Cloudflare Email Routing',
    gateways.cloudflare.name,
    'srs',
    at('cloudflare', 60),
    110,
    'email-routing.hobbytuin.example',
  );

  const { networks } = setup.organisation;
  const words = [
    'universiteit',
    'hogeschool',
    'alumni',
    'gemeente',
    'vereniging',
    'provider',
    'webmail',
    'kerk',
    'sportbond',
    'ziekenhuis',
  ];
  const habits: readonly Habit[] = [
    'plain',
    'srs',
    'gateway',
    'list',
    'plain',
    'srs',
    'list',
    'plain',
    'gateway',
    'alias',
  ];
  for (let i = 0; i < wanted.organisations; i++) {
    const habit = habits[i % habits.length]!;
    const domain = `${habit === 'list' || habit === 'alias' ? 'lijst.' : ''}${words[i % words.length]}-${i + 1}.example`;
    const name = `${words[i % words.length]!.replace(/^./, (letter) => letter.toUpperCase())} ${i + 1}`;
    const network = networks.v4(name, i % 4 === 0 ? 'DE' : i % 4 === 1 ? 'BE' : 'NL', 24);
    const size = 4 + Math.round(300 * zipf(wanted.organisations, 0.8)[i]! + (i % 7) * 6);
    const pool = machines(
      setup,
      network,
      Math.max(2, Math.min(190, setup.count(size))),
      domain,
      random('forwarder-pool', i),
    );
    setup.permit(domain, `ip4:${network.prefix.text}`);
    add(
      `forwarder-${i + 1}`,
      name,
      name,
      habit,
      pool,
      8 + Math.round(120 * zipf(wanted.organisations, 0.8)[i]!),
      domain,
    );
  }
  // People who run a mail server of their own, and forward from it: an address each, or two.
  const hosts = Array.from({ length: 6 }, (_, i) =>
    networks.v4(`Hosting ${['Anker', 'Boei', 'Kompas', 'Lier', 'Mast', 'Roer'][i]}`, i % 2 === 0 ? 'NL' : 'DE', 20),
  );
  for (let i = 0; i < wanted.hobbyists; i++) {
    const domain = `thuis-${i + 1}.example`;
    const pool = machines(setup, hosts[i % hosts.length]!, 1 + (i % 2), domain, random('hobby-pool', i));
    add(
      `hobby-${i + 1}`,
      `someone with a mail server (${domain})`,
      domain,
      i % 3 === 0 ? 'srs' : 'plain',
      pool,
      1.2,
      domain,
    );
    for (const source of pool.sources) setup.permit(domain, `ip4:${setup.sources.list[source]!.address}`);
  }
}

function machines(setup: Setup, network: Network, count: number, domain: string, dice: Random): Pool {
  return steadyPool(
    network
      .scatter(count, dice)
      .map((address, i) => setup.sources.add(address, { reverse: `mx${i + 1}.${domain}`, confirmed: i % 5 !== 4 })),
    0.4,
  );
}

/** Lanes of other streams, as they look after a forwarder. */
function passedOn(
  originals: readonly Origin[],
  habit: Habit,
  pool: Pool,
  domain: string,
  dice: Random,
  most: number,
): Lane[] {
  const eligible = originals.filter(
    ({ rhythm }) => rhythm.every === 'daily' || rhythm.every === 'weekly' || dice.chance(0.3),
  );
  const lanes: Lane[] = [];
  for (let i = 0; i < most; i++) {
    // Staff writes to lists and invites; the rest passes on whatever comes.
    const people = eligible.filter(({ id }) => /^office|^gateways-noord|^customer-mail|^terp-relay/.test(id));
    const origin = dice.pick(habit === 'list' || habit === 'invitation' || habit === 'alias' ? people : eligible);
    const author = origin.lanes[sampler(origin.lanes.map(({ weight }) => weight))(dice)]!.authorDomain;
    for (const lane of origin.lanes.filter((other) => other.authorDomain === author)) {
      const rewritten = habit !== 'plain' && domain !== '';
      lanes.push({
        ...lane,
        pool,
        envelope: rewritten ? domain : lane.envelope,
        helo: domain === '' ? lane.helo : `mx1.${domain}`,
        signatures:
          habit === 'invitation'
            ? []
            : lane.signatures.map((signature) => ({
                ...signature,
                intact: habit === 'plain' || habit === 'srs' || habit === 'alias',
              })),
        weight: Math.sqrt(origin.volume) * (0.2 + dice.next()),
        ...(habit === 'list' ? { untilEnforced: true } : {}),
      });
    }
  }
  return lanes;
}
