import fc from "fast-check";
import { expect, it } from "vitest";
import { OrganizationId } from "../../platform/ids.ts";
import { parseBearer, formatApiKey } from "./api-key.ts";

const parts = fc.record({
  organizationId: fc.uuid().map((id) => OrganizationId.parse(id)),
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

it("parses what it formatted", () => {
  fc.assert(
    fc.property(parts, (key) => {
      expect(parseBearer(`Bearer ${formatApiKey(key)}`)).toEqual(key);
    }),
  );
});

it("reads no key that lacks or holds a character more", () => {
  fc.assert(
    fc.property(parts, fc.nat(101), fc.boolean(), (key, at, isLonger) => {
      const text = formatApiKey(key);
      const spoiled =
        text.slice(0, at) + (isLonger ? "a" : "") + text.slice(isLonger ? at : at + 1);
      fc.pre(spoiled !== text);
      expect(parseBearer(`Bearer ${spoiled}`)).toBeNull();
    }),
  );
});

it("reads no key from anything else", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseBearer(`Bearer ${text}`)).toBeNull();
    }),
  );
  expect(parseBearer(undefined)).toBeNull();
});
