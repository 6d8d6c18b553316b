import fc from "fast-check";
import { expect, it } from "vitest";
import { fieldText, someRegion } from "../../../testing/phones.ts";
import { toDigits } from "./phone.ts";
import { readPhone } from "./read-phone.ts";
import { readPhoneBytes } from "./read-phone-bytes.ts";

const digitsRead = (text: string, region: string) => {
  const read = readPhone(text, region);
  return "phone" in read ? toDigits(read.phone) : 0;
};

it("agrees with readPhone over every field of a file", () => {
  fc.assert(
    fc.property(fieldText, someRegion, (text, region) => {
      const bytes = new TextEncoder().encode(text);
      expect(readPhoneBytes(bytes, 0, bytes.length, region)).toBe(digitsRead(text, region));
    }),
    { numRuns: 2000 },
  );
});

it("agrees with readPhone over any bytes, and reads no others", () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.uint8Array(),
      fc.uint8Array(),
      someRegion,
      (a, field, b, region) => {
        const file = Uint8Array.from([...a, ...field, ...b]);
        const read = readPhoneBytes(file, a.length, a.length + field.length, region);
        expect(read).toBe(digitsRead(new TextDecoder().decode(field), region));
      },
    ),
  );
});
