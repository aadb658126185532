/** A part of a message that holds something, its transfer encoding undone and its characters as they came. */
export interface MessagePart {
  /** The file name it gives itself, else `''`. */
  readonly name: string;
  /** Its media type in lower case, as said; reports come under any. */
  readonly type: string;
  /** Said to be an attachment. */
  readonly attached: boolean;
  readonly bytes: Uint8Array;
}

/** A message taken apart (RFC 2045, 2046), as far as the parts are concerned. */
export interface Message {
  /** The media type of the whole, in lower case. */
  readonly type: string;
  /** `report-type` of a multipart/report (RFC 6522), in lower case. */
  readonly reportType: string;
  readonly parts: readonly MessagePart[];
}
