import fc from "fast-check";
import { expect, it } from "vitest";
import { CaptureFormId, OrganizationId } from "../../platform/ids.ts";
import { parseFormAddress, formatFormAddress } from "./capture-form.ts";

it("parses every address that it writes, and nothing else", () => {
  const uuid = fc.uuid({ version: 7 });
  fc.assert(
    fc.property(uuid, uuid, fc.string(), (organization, form, other) => {
      const address = {
        organizationId: OrganizationId.parse(organization),
        formId: CaptureFormId.parse(form),
      };
      expect(parseFormAddress(formatFormAddress(address))).toEqual(address);
      expect(parseFormAddress(formatFormAddress(address) + other)).toEqual(
        other === "" ? address : null,
      );
    }),
  );
});
