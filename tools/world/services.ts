// Setting up a stream with a service as that service does it, or on rented servers.
import type { ProviderName } from './providers.ts';
import { dedicatedPool, providers } from './providers.ts';
import type { Audience, Pool } from './model.ts';
import type { Network } from './networks.ts';
import type { Rhythm } from './calendar.ts';
import { keyRecord } from './keys.ts';
import { random } from './random.ts';
import type { Setup, StreamPlan } from './setup.ts';
import { steadyPool } from './sources.ts';

/** A stream at a mail service. Legs: `both` (own return path and own signature), `dkim`, `spf` (envelope of the author domain), `neither`. */
export interface ServicePlan {
  readonly id: string;
  readonly party: string;
  readonly service: ProviderName;
  readonly tenant: string;
  readonly purpose: string;
  readonly rhythm: Rhythm;
  readonly volume: number;
  readonly audience: Audience;
  readonly domains: readonly string[];
  readonly legs: 'both' | 'dkim' | 'neither' | 'spf';
  /** Which of the service's selectors; the second where two departments sign apart. */
  readonly selector?: number;
  /** Day of the world since which it signs. */
  readonly signedSince?: number;
  readonly dedicated?: number;
  readonly since?: number;
  readonly until?: number;
  readonly declared?: boolean;
  readonly kind?: 'own' | 'third';
}

/** Sets a stream up at a service as that service does it. */
export function atService(setup: Setup, plan: ServicePlan): void {
  const service = providers[plan.service];
  const signed = plan.legs === 'both' || plan.legs === 'dkim';
  const selector = service.selectors[plan.selector ?? 0] ?? service.selectors[0]!;
  const own = service.ownSignature(plan.tenant);
  const bounce = service.bounce(plan.tenant);
  const pool = setup.shared(plan.service);
  setup.book.set(`${own.selector}._domainkey.${own.domain}`, 'TXT', [keyRecord(`service/${own.domain}`, 2048)]);
  if (service.records[bounce] === undefined) setup.book.set(bounce, 'TXT', [`v=spf1 include:${service.include} -all`]);
  const stream: StreamPlan = {
    id: plan.id,
    kind: plan.kind ?? 'third',
    party: plan.party,
    sender: service.name,
    purpose: plan.purpose,
    rhythm: plan.rhythm,
    volume: plan.volume,
    audience: plan.audience,
    domains: plan.domains,
    pool:
      plan.dedicated === undefined
        ? pool
        : dedicatedPool(setup.sources, plan.service, plan.tenant, setup.count(plan.dedicated)),
    envelope: (domain) =>
      plan.legs === 'spf' || (plan.legs === 'both' && service.returnPath === '')
        ? domain
        : plan.legs === 'both'
          ? `${service.returnPath}.${domain}`
          : bounce,
    helo: `mail.${service.include}`,
    ...(signed
      ? {
          sign: (domain: string) => [
            {
              domain,
              selector,
              alias: `${selector}.${domain.replaceAll('.', '-')}.${plan.tenant}.dkim.${service.include}`,
              ...(plan.signedSince === undefined ? {} : { since: plan.signedSince }),
            },
          ],
        }
      : {}),
    serviceSignature: own,
    spf: plan.legs === 'both' || plan.legs === 'spf' ? [`include:${service.include}`] : [],
    ...(plan.since === undefined ? {} : { since: plan.since }),
    ...(plan.until === undefined ? {} : { until: plan.until }),
    ...(plan.declared === undefined ? {} : { declared: plan.declared }),
  };
  setup.stream(stream);
}

/** Addresses rented at an invented hosting company, whose tenants do not share them. */
export function hosted(
  setup: Setup,
  company: string,
  full: number,
  zone: string,
): Pool & { readonly network: Network } {
  const network = setup.organisation.networks.v4(company, 'NL', 24);
  const addresses = network.scatter(setup.count(full), random('hosted', company));
  const sources = addresses.map((address) =>
    setup.sources.add(address, { reverse: `vps-${address.replaceAll('.', '-')}.${zone}` }),
  );
  return { ...steadyPool(sources), network };
}
