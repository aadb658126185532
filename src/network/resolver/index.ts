// The live DNS: a `Resolver` that asks recursive name servers (those of this machine, or others that are named).
export { liveResolver } from './live.ts';
export type { LiveResolver, LiveResolverOptions } from './live.ts';
export { parseServerAddress, systemServers } from './server.ts';
export type { ServerAddress } from './server.ts';
