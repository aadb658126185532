// Whose network an address lies in, and in which country: the public routing tables (RouteViews, DB-IP) and registry
// delegations that ship with Zegel, compiled once into sorted arrays, and an organisation's own list laid over them.
export { openNetworks, parseNetworkList } from './networks.ts';
export type { Network, Networks, OwnNetwork } from './networks.ts';
export { isPublicAddress, PublicAddressError, publicAddresses } from './public.ts';
