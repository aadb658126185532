// The doors by which a look at domains may connect, tied together: files over HTTPS and mail servers on port 25, so many at once and no more.
export { connectionsBy } from './connections.ts';
