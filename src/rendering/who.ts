import type { Network, SourceGroup } from '../protection/assessment/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

/** A group of sources in words: its name, what it is checked by, and where it is. All parts are safe to show. */
export interface Who {
  readonly name: string;
  /** `''` when there is nothing more to say. */
  readonly spf: string;
  readonly where: string;
}

/** How a group is called: by its signature, else by its SPF domain, else by its network. */
export function whoIs(group: SourceGroup, speech: Speech): Who {
  const where =
    group.network !== null
      ? networkText(group.network)
      : group.networks > 1
        ? speech.say('networks', { count: speech.integer(group.networks) })
        : speech.say('no-network');
  if (group.kind === 'rest')
    return { name: speech.say('rest', { holds: speech.say(holdsCode(group)) }), spf: '', where };
  const spf = group.spf === null ? '' : `spf ${safeText(group.spf.domain)}`;
  if (group.dkim !== null) {
    const { domain, selector } = group.dkim;
    return { name: safeText(selector === null ? domain : `${domain}/${selector}`), spf, where };
  }
  if (group.spf !== null) return { name: `spf ${safeText(group.spf.domain)}`, spf: '', where };
  return { name: speech.say(group.kind === 'network' ? 'various' : 'no-identity'), spf: '', where };
}

/** Which leg holds, as the code of a label. */
function holdsCode(group: Pick<SourceGroup, 'holds'>): string {
  return { both: 'both', dkim: 'dkimOnly', spf: 'spfOnly', neither: 'neither', mixed: 'mixed' }[group.holds];
}

/** `AS64500 Home, NL`; the parts that are known. */
export function networkText({ asn, name, country }: Network): string {
  const called = [asn === 0 ? '' : `AS${asn}`, safeText(name, 60)].filter((part) => part !== '').join(' ');
  return [called, safeText(country, 3)].filter((part) => part !== '').join(', ');
}

/** Which legs hold less often when alignment is strict; `''` when none. */
export function strictText({ legs, messages }: Pick<SourceGroup, 'legs' | 'messages'>, words: Speech): string {
  const lost = (strict: number, relaxed: number) => relaxed > 0 && strict < relaxed * 0.95;
  const said = [
    ...(lost(legs.dkimStrict, legs.dkimRelaxed) ? [`DKIM ${words.percent(legs.dkimStrict / messages, 0)}`] : []),
    ...(lost(legs.spfStrict, legs.spfRelaxed) ? [`SPF ${words.percent(legs.spfStrict / messages, 0)}`] : []),
  ];
  return said.length === 0 ? '' : words.say('strict-legs', { legs: said.join(', ') });
}
