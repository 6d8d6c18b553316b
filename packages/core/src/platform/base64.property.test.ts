import fc from "fast-check";
import { expect, it } from "vitest";
import { base64, base64url, readBase64 } from "./base64.ts";

it("writes bytes as others do, and reads them", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      expect(readBase64(base64(bytes))).toEqual(bytes);
    }),
  );
});

it.each(["A", "AA", "AB==", "AAB=", "AA==\n", "A-_=", "AA==AA=="])(
  "reads nothing into %j",
  (text) => {
    expect(readBase64(text)).toBeNull();
  },
);
