import fc from "fast-check";
import { expect, it } from "vitest";
import { OrganizationId } from "../../platform/ids.ts";
import { readBearer, writeApiKey } from "./api-key.ts";

const parts = fc.record({
  organizationId: fc.uuid().map((id) => OrganizationId.parse(id)),
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

it("reads what it wrote", () => {
  fc.assert(
    fc.property(parts, (key) => {
      expect(readBearer(`Bearer ${writeApiKey(key)}`)).toEqual(key);
    }),
  );
});

it("reads no key that lacks or holds a character more", () => {
  fc.assert(
    fc.property(parts, fc.nat(101), fc.boolean(), (key, at, isLonger) => {
      const text = writeApiKey(key);
      const spoiled =
        text.slice(0, at) + (isLonger ? "a" : "") + text.slice(isLonger ? at : at + 1);
      fc.pre(spoiled !== text);
      expect(readBearer(`Bearer ${spoiled}`)).toBeNull();
    }),
  );
});

it("reads no key from anything else", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readBearer(`Bearer ${text}`)).toBeNull();
    }),
  );
  expect(readBearer(undefined)).toBeNull();
});
