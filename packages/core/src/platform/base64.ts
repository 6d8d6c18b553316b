// Written out, for this runs where there is no Buffer, and must refuse what others tolerate.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const STRICT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** RFC 4648, section 4, with padding. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const [one, two] = [ALPHABET[bits >> 18], ALPHABET[(bits >> 12) & 63]];
    const three = b === undefined ? "=" : ALPHABET[(bits >> 6) & 63];
    const four = c === undefined ? "=" : ALPHABET[bits & 63];
    text += `${one}${two}${three}${four}`;
  }
  return text;
}

/** RFC 4648, section 5, without padding. */
export const base64url = (bytes: Uint8Array): string =>
  base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Null for what is not the one way in which some bytes are written. */
export function readBase64(text: string): Uint8Array | null {
  if (!STRICT.test(text)) return null;
  const digits = text.replaceAll("=", "");
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let [bits, held, at] = [0, 0, 0];
  for (const digit of digits) {
    bits = ((bits << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 0xff;
  }
  return base64(bytes) === text ? bytes : null;
}
