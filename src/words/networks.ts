import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a list of networks, or with the name servers to ask. */
export const networksWords: Vocabulary = {
  'networks/bad-line': {
    en: 'this line is not `prefix,asn,name,country`: {line}',
    nl: 'deze regel is geen `prefix,asn,naam,land`: {line}',
  },
  'resolver/bad-address': {
    en: '{server} is not the address of a name server (192.0.2.53, 192.0.2.53:5353, [2001:db8::53]:53)',
    nl: '{server} is geen adres van een naamserver (192.0.2.53, 192.0.2.53:5353, [2001:db8::53]:53)',
  },
  'resolver/no-server': {
    en: 'no name server is known on this machine; name one',
    nl: 'op deze machine is geen naamserver bekend; noem er een',
  },
};
