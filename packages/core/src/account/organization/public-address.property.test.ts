import fc from "fast-check";
import { expect, it } from "vitest";
import { OrganizationId } from "../../platform/ids.ts";
import { parsePublicAddress, formatPublicAddress } from "./public-address.ts";

it("parses what it formats, and nothing else", () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.string(), (uuid, other) => {
      const id = OrganizationId.parse(uuid);
      expect(parsePublicAddress(formatPublicAddress(id))).toBe(id);
      expect(parsePublicAddress(formatPublicAddress(id) + other)).toBe(other === "" ? id : null);
    }),
  );
});
