// Certificates for tests, made once with OpenSSL: an authority, what it signed, and one that stands alone. They hold from 2026-11-24 to
// 2036-11-21 (the authority to 2046). Nobody needs their private keys.

function der(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** CN=Proef CA */
export const authority = der(
  'MIIBezCCASGgAwIBAgIUXIsrEwl/LH6+ZkHb6tRfAq9WKm8wCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIUHJvZWYgQ0EwHhcNMjYxMTI0MTMyNDQ5WhcNND' +
    'YxMTE5MTMyNDQ5WjATMREwDwYDVQQDDAhQcm9lZiBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNCYa1KqkXD3ATxFQmjx6Xi/vD8tDR/pXRcy5uSG' +
    'GSMkaLoRQo7OJ23L74D78Ny/+Gmq0yGp2vRndlihWekM/bmjUzBRMB0GA1UdDgQWBBSZ/912Rv2KRcU/5yhvlbxPF9qsKDAfBgNVHSMEGDAWgBSZ/912Rv' +
    '2KRcU/5yhvlbxPF9qsKDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCuufqpqshYYew9/Qi1qC9FMBrj8GRk6xRPNrdPMl/d+gIgL5Ag' +
    'BqPoTAajGNKlOsv9T7MG093p7n7nPhbQIHjn+/Y=',
);

/** Signed by the authority, for mx1.example.com and *.wild.example.com. */
export const signed = der(
  'MIIBoDCCAUagAwIBAgIUazqPKBoXBd1LYswxKNRCSlNTh3swCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIUHJvZWYgQ0EwHhcNMjYxMTI0MTMyNDQ5WhcNMz' +
    'YxMTIxMTMyNDQ5WjAOMQwwCgYDVQQDDANteDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATTlc+9a5CWcMzSWLWmmulTu/13XX74UUJNTul+LbKxeKzc' +
    '05G14O3czmDOn1iENHoGXGUW1dezjGJY4T6o0QIuo30wezAuBgNVHREEJzAlgg9teDEuZXhhbXBsZS5jb22CEioud2lsZC5leGFtcGxlLmNvbTAJBgNVHR' +
    'MEAjAAMB0GA1UdDgQWBBRN0legH3+UYIaBg0AxRFgP3/zVGzAfBgNVHSMEGDAWgBSZ/912Rv2KRcU/5yhvlbxPF9qsKDAKBggqhkjOPQQDAgNIADBFAiEA' +
    'ySwEzvx5m+LHPxiMVWslIw/nCKDCk04fvMGXlEmcfMoCIAao2Wb4DVqKwvAWyMxz55tcwTeTuwDRo1vq/eoJUbEC',
);

/** Signed by itself, CN=mx1.example.com, with no other name. */
export const alone = der(
  'MIIBijCCAS+gAwIBAgIUBAN/6XYHkGjX6shiCVcXbsos+TgwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPbXgxLmV4YW1wbGUuY29tMB4XDTI2MTEyNDEzMj' +
    'Q0OVoXDTM2MTEyMTEzMjQ0OVowGjEYMBYGA1UEAwwPbXgxLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/iR+C8HQ5gKCgF55SJAf' +
    '+6G7oJyfZzdaqVU9uWyuCCzEQi7tfkJ74o5pVsqh/nXmeDfbrK8cHlr0jd3smvwBqKNTMFEwHQYDVR0OBBYEFNjrjNnGRICmlKKHIukHukXqsxJiMB8GA1' +
    'UdIwQYMBaAFNjrjNnGRICmlKKHIukHukXqsxJiMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAN3MbpAi0mps3CCofPyRlU9gRbu0kFOy' +
    'UpnS9uc349ymAiEA1/cglgV8n6j9ghxb3odCauw1D6vHoxShDSw7DGFhvCo=',
);

/** Signed by the authority, for example.com, with the purpose of a mark certificate. */
export const mark = der(
  'MIIBkjCCATmgAwIBAgIUazqPKBoXBd1LYswxKNRCSlNTh3wwCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIUHJvZWYgQ0EwHhcNMjYxMTI0MTMyNDQ5WhcNMz' +
    'YxMTIxMTMyNDQ5WjAPMQ0wCwYDVQQDDARtYXJrMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE05XPvWuQlnDM0li1pprpU7v9d11++FFCTU7pfi2ysXis' +
    '3NORteDt3M5gzp9YhDR6BlxlFtXXs4xiWOE+qNECLqNvMG0wFgYDVR0RBA8wDYILZXhhbXBsZS5jb20wEwYDVR0lBAwwCgYIKwYBBQUHAx8wHQYDVR0OBB' +
    'YEFE3SV6Aff5RghoGDQDFEWA/f/NUbMB8GA1UdIwQYMBaAFJn/3XZG/YpFxT/nKG+VvE8X2qwoMAoGCCqGSM49BAMCA0cAMEQCIANyLAp+hOS1ykcErArJ' +
    'O/Q+ZLT/3qVVxhOMWObgHiBMAiBFU8shM36OeVk0xS4pZfxYM8O5WWX1jT6r7QxbaOxhTQ==',
);

/** A day on which all of them hold. */
export const inTime = new Date('2030-06-01T12:00:00Z');
