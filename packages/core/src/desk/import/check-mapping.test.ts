import { expect, it } from "vitest";
import { aMapping } from "../../../testing/import-mappings.ts";
import type { ImportKind } from "./import-kind.ts";
import type { Mapping } from "./mapping.ts";
import { findMappingFault } from "./check-mapping.ts";

const words = { disclosureText: "May we call?", disclosureLanguage: "en" };
const said = { purposes: "marketing", channels: "voice_live", ...words };

it.each<[ImportKind, Mapping]>([
  ["contacts", aMapping(["phone", "phone", "name", "name", null, "attributes.city"])],
  ["contacts", aMapping(["externalId"])],
  ["consents", aMapping(["phone", "obtainedAt"], said)],
  ["consents", aMapping(["phone", "obtainedAt", "disclosureId", "purposes", "channels"])],
  ["opt_outs", aMapping(["phone"])],
  ["suppressions", aMapping(["phone"], { reason: "litigator" })],
])("finds nothing wrong with %s of %j", (kind, mapping) => {
  expect(findMappingFault(kind, mapping)).toBeNull();
});

it.each<[ImportKind, Mapping, object]>([
  ["opt_outs", aMapping([null]), { key: "import.field-missing", values: { field: "phone" } }],
  ["opt_outs", aMapping(["phone", "phone"]), { key: "import.field-twice" }],
  ["opt_outs", aMapping(["phone", "name"]), { key: "import.field-unknown" }],
  ["opt_outs", aMapping(["phone"], { city: "x" }), { key: "import.field-unknown" }],
  ["contacts", aMapping(["name"]), { key: "import.contact-unnamed" }],
  ["contacts", aMapping(["phone", "attributes."]), { key: "import.field-unknown" }],
  ["suppressions", aMapping(["phone"]), { key: "import.field-missing" }],
  [
    "consents",
    aMapping(["phone", "obtainedAt"], { ...said, disclosureLanguage: "" }),
    { key: "import.language-missing" },
  ],
])("says what to mend for %s of %j", (kind, mapping, fault) => {
  expect(findMappingFault(kind, mapping)).toMatchObject(fault);
});
