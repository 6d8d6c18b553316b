import { expect, it } from "vitest";
import type { ImportKind } from "./import-kind.ts";
import type { Mapping } from "./mapping.ts";
import { findMappingFault } from "./check-mapping.ts";

const mapping = (columns: Mapping["columns"], defaults: Mapping["defaults"] = {}): Mapping => ({
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
  columns,
  defaults,
  region: "US",
  dateOrder: "month-first",
  zone: "UTC",
  locale: "en",
});
const words = { disclosureText: "May we call?", disclosureLanguage: "en" };
const said = { purposes: "marketing", channels: "voice_live", ...words };

it.each<[ImportKind, Mapping]>([
  ["contacts", mapping(["phone", "phone", "name", "name", null, "attributes.city"])],
  ["contacts", mapping(["externalId"])],
  ["consents", mapping(["phone", "obtainedAt"], said)],
  ["consents", mapping(["phone", "obtainedAt", "disclosureId", "purposes", "channels"])],
  ["opt_outs", mapping(["phone"])],
  ["suppressions", mapping(["phone"], { reason: "litigator" })],
])("finds nothing wrong with %s of %j", (kind, mapping) => {
  expect(findMappingFault(kind, mapping)).toBeNull();
});

it.each<[ImportKind, Mapping, object]>([
  ["opt_outs", mapping([null]), { key: "import.field-missing", values: { field: "phone" } }],
  ["opt_outs", mapping(["phone", "phone"]), { key: "import.field-twice" }],
  ["opt_outs", mapping(["phone", "name"]), { key: "import.field-unknown" }],
  ["opt_outs", mapping(["phone"], { city: "x" }), { key: "import.field-unknown" }],
  ["contacts", mapping(["name"]), { key: "import.contact-unnamed" }],
  ["contacts", mapping(["phone", "attributes."]), { key: "import.field-unknown" }],
  ["suppressions", mapping(["phone"]), { key: "import.field-missing" }],
  [
    "consents",
    mapping(["phone", "obtainedAt"], { ...said, disclosureLanguage: "" }),
    { key: "import.language-missing" },
  ],
])("says what to mend for %s of %j", (kind, mapping, fault) => {
  expect(findMappingFault(kind, mapping)).toMatchObject(fault);
});
