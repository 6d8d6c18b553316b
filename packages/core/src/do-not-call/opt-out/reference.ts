/** Crockford's base32: no I, L, O or U, so that nothing is misheard or misread. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The name of a refusal to read aloud: eight characters, of 40 random bits in hexadecimal. */
export function formatReference(bits: string): string {
  const number = Number.parseInt(bits, 16);
  return Array.from({ length: 8 }, (_, index) => {
    const digit = Math.floor(number / 32 ** (7 - index)) % 32;
    return alphabet.charAt(digit);
  }).join("");
}

/** A reference as people write it, or null when it is none. */
export function parseReference(text: string): string | null {
  const reference = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(reference) ? reference : null;
}
