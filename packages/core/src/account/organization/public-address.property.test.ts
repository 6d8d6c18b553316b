import fc from "fast-check";
import { expect, it } from "vitest";
import { OrganizationId } from "../../platform/ids.ts";
import { readPublicAddress, writePublicAddress } from "./public-address.ts";

it("reads what it writes, and nothing else", () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.string(), (uuid, other) => {
      const id = OrganizationId.parse(uuid);
      expect(readPublicAddress(writePublicAddress(id))).toBe(id);
      expect(readPublicAddress(writePublicAddress(id) + other)).toBe(other === "" ? id : null);
    }),
  );
});
