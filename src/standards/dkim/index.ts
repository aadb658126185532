// DomainKeys Identified Mail (RFC 6376, with RFC 8301, 8463 and 8616): a domain takes responsibility for a message by signing
// header fields and the hash of the body with a key that stands in the DNS. Reads and writes signatures and key records,
// verifies and signs, whole messages or in pieces, and makes keys.
export { BodyHasher, BodyHashes, HeaderText } from './canonical.ts';
export type { BodyDigest, BodyNeed } from './canonical.ts';
export { indexFields, tryKeys, verifies, writeSignedHeader } from './check.ts';
export type { FieldIndex, KeyDemand, OwnField, Refusal } from './check.ts';
export { formatKeyRecord, parseKeyRecord, splitTxt } from './key-record.ts';
export type { KeyRecord } from './key-record.ts';
export { KeyCache, lookupKeys, readKey } from './keys.ts';
export type { FoundKey, KeyAnswer } from './keys.ts';
export { isAlgorithm, parseSignature, readName } from './signature.ts';
export type { Canonicalization, DkimSignature, KeyType, SigningAlgorithm } from './signature.ts';
export { base64Value, parseTagList } from './tag-list.ts';
export type { Tag, TagList } from './tag-list.ts';
export { DkimVerifier, readHeader, verify } from './verify.ts';
export type { DkimResult, DkimResultName, DkimVerification, VerifyOptions } from './verify.ts';
export { algorithmOf, beginSigning, fieldsToSign, generateKeys, recordOf, sealField, sign } from './sign.ts';
export type { DkimKeyPair, SignOptions } from './sign.ts';
