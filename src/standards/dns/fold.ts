/** A name as names are compared: lower case (of ASCII alone, RFC 4343), no final dot. What is in it otherwise stays as it is. */
export function foldName(name: string): string {
  const lower = /[A-Z]/.test(name) ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
