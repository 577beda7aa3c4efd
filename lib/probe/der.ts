/** DER (X.690): what a certificate and Diffie-Hellman parameters are written in. */

export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export function derSequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** A number that is not negative. */
export function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.alloc(1) : Buffer.alloc(0), bytes);
}

/** Without unused bits. */
export function derBitString(content: Buffer): Buffer {
  return der(0x03, Buffer.alloc(1), content);
}

/** A time before 2050 (RFC 5280, 4.1.2.5.1). */
export function derUtcTime(time: Date): Buffer {
  return der(0x17, Buffer.from(`${time.toISOString().replace(/\D/g, '').slice(2, 14)}Z`, 'latin1'));
}
