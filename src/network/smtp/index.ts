// Greets mail servers (RFC 5321, RFC 3207): connects, asks for STARTTLS, looks at the certificate, and leaves. No mail is ever begun.
export { greetServer } from './starttls.ts';
export type { GreetOptions } from './starttls.ts';
