// Run by the set-up once what it needs is installed: compiles the shipped networks into the cache.
import { cacheDirectory } from '../src/config.ts';
import { openNetworks } from '../src/network/addresses/index.ts';

openNetworks({ cacheDirectory: cacheDirectory() });
