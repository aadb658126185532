// Internet messages (RFC 5322, with RFC 2047, 6532 and 6854): bytes as they came, with exact offsets, read as hostile input.
// The From field decides everything in DMARC, so it yields one Author Domain or says why it does not; the Received fields yield
// the way a message came, as far as it can be believed.
export { maxAddresses, parseAddressList } from './address.ts';
export type { Mailbox } from './address.ts';
export { addressesOf, authorDomainOf, authorOf } from './author.ts';
export type { Author } from './author.ts';
export { decodeCharset, decodeEncodedWords, hasEncodedWord } from './encoded-word.ts';
export { parseDateTime } from './date.ts';
export { decodeBytes, fieldsNamed, fieldValue, messageLimits, parseMessage, rawValue, unfold } from './message.ts';
export type { HeaderField, Message, MessageLimits } from './message.ts';
export { parseReceivedSpf } from './received-spf.ts';
export type { ReceivedSpf } from './received-spf.ts';
export { parseReceived, receivedTrail } from './received.ts';
export type { Hop, Received, Trail, Trust } from './received.ts';
export { tokenize } from './tokens.ts';
export type { Token, Tokens } from './tokens.ts';
