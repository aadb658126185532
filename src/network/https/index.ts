// Fetches over HTTPS what strangers name: policies, logos, certificates. Certificates are checked, redirects are not followed, and only
// addresses of the public Internet are connected to.
export { fetchPublic } from './fetch.ts';
export type { FetchOptions } from './fetch.ts';
