// Authentication-Results (RFC 8601): the field in which a receiver tells what it found out about a message. It is only as good
// as whoever wrote it, so results are taken from known writers alone.
import { fieldsNamed, fieldValue } from '../mail/index.ts';
import type { HeaderField, Message } from '../mail/index.ts';
import type { Reading } from '../problem.ts';
import { parseAuthenticationResults } from './parse.ts';
import type { AuthenticationResults } from './parse.ts';
export { dkimResults } from './dkim.ts';
export { formatAuthenticationResults } from './format.ts';
export { parseAuthenticationResults } from './parse.ts';
export type { AuthenticationResults, MethodResult, Property } from './parse.ts';

/** An Authentication-Results field of a message, and what it says. */
export interface FoundResults {
  readonly field: HeaderField;
  readonly reading: Reading<AuthenticationResults>;
}

/** How many fields of one message are read. */
const maxFields = 100;

/**
 * The Authentication-Results fields of a message, from the top. With `authservIds`, only what these wrote (compared without
 * regard to case, RFC 8601 §2.5, §5): others may have been put there by the sender. Even then a field is to be believed only when
 * the receiver takes out what comes in under its own name.
 */
export function authenticationResultsOf(message: Message, authservIds?: readonly string[]): FoundResults[] {
  const wanted = authservIds?.map((id) => id.toLowerCase());
  return fieldsNamed(message, 'authentication-results')
    .slice(0, maxFields)
    .map((field) => ({ field, reading: parseAuthenticationResults(fieldValue(message, field)) }))
    .filter(
      ({ reading }) =>
        wanted === undefined ||
        (reading.ok &&
          reading.value.authservId !== undefined &&
          wanted.includes(reading.value.authservId.toLowerCase())),
    );
}
