import { expect, it } from "vitest";
import { toComparable, readText } from "../../../../testing/registry-files.ts";

const read = (text: string) => toComparable(readText({ reader: "us-litigators" }, text));

it("lists litigators by either answer, and leaves numbers unchanged that nobody asked about", () => {
  const match = { "2125550100": { phone_number: "2125550100", status: "TCPA" } };
  const first = JSON.stringify({ meta: {}, match, clean: ["2125550101"], results: [] });
  const said = {
    kind: "change",
    added: [12_125_550_100],
    removed: [12_125_550_101],
    lines: 2,
  };
  expect(read(first)).toMatchObject(said);
  const both = JSON.stringify({ match, clean: ["2125550100", "2125550101"] });
  expect(read(both)).toMatchObject({ ...said, lines: 3 });
  const second = [
    { PhoneNumber: "2125550100", IsLitigator: true, IsValid: true },
    { PhoneNumber: "2125550101", IsLitigator: false, IsValid: true },
  ];
  expect(read(JSON.stringify(second))).toMatchObject(said);
});
