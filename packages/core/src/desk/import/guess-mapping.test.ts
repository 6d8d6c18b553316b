import { expect, it } from "vitest";
import { guessMapping } from "./guess-mapping.ts";
import type { ImportKind } from "./import-kind.ts";

const file = { encoding: "utf-8", delimiter: ";" } as const;
const russia = { region: "RU", zone: "Europe/Moscow", locale: "ru" };
const texas = { region: "US", zone: "America/Chicago", locale: "en" };
const guess = (kind: ImportKind, text: string, home = russia) =>
  guessMapping(
    kind,
    file,
    text.split("\n").map((line) => line.split(";")),
    home,
  );

it.each<[ImportKind, string, readonly (string | null)[]]>([
  [
    "contacts",
    "ID клиента;Фамилия;Имя;Телефон 1;Моб. телефон;E-mail;Регион;Прочее",
    ["externalId", "name", "name", "phone", "phone", "email", "addressRegion", null],
  ],
  [
    "contacts",
    "Customer ID;First Name;Last Name;Cell Phone;State;Time Zone;attributes.tier",
    ["externalId", "name", "name", "phone", "state", "zone", "attributes.tier"],
  ],
  [
    "consents",
    "Phone Number;Brand;Purpose;Channels;Consent Date;IP address;Consent text;Language",
    [
      "phone",
      "seller",
      "purposes",
      "channels",
      "obtainedAt",
      "ip",
      "disclosureText",
      "disclosureLanguage",
    ],
  ],
  [
    "suppressions",
    "phone;reason;source;added_at;expires_at;comment",
    ["phone", "reason", null, "at", "until", null],
  ],
  ["opt_outs", "phone_or_email;comment", ["phone", "note"]],
  ["opt_outs", "Phone;date;description", ["phone", "at", "note"]],
  ["opt_outs", "№ телефона;Дата отказа;Комментарий", ["phone", "at", "note"]],
])("knows the columns of %s by their names: %s", (kind, header, columns) => {
  expect(guess(kind, header)).toMatchObject({ hasHeader: true, columns });
});

it("does not give one field to two columns", () => {
  expect(guess("suppressions", "phone;date;added at").columns).toEqual(["phone", "at", null]);
});

it("finds the numbers of a list that has no names", () => {
  const { hasHeader, columns } = guess("opt_outs", "17;+7 916 123-45-67;Ада\n18;89161234568;Иван");
  expect(hasHeader).toBe(false);
  expect(columns).toEqual([null, "phone", null]);
});

it("finds the numbers under a name that nobody knows", () => {
  expect(guess("contacts", "id;куда звонить\n1;'79161234567\n2;79161234568.0").columns).toEqual([
    "externalId",
    "phone",
  ]);
});

it.each([
  ["phone;at\n79161234567;13/02/2026", texas, "day-first"],
  ["phone;at\n79161234567;02/13/2026", russia, "month-first"],
  ["phone;at\n79161234567;02/03/2026", texas, "month-first"],
  ["phone;at\n79161234567;02/03/2026", russia, "day-first"],
])("knows which comes first in the days of %j", (text, home, dateOrder) => {
  expect(guess("opt_outs", text, home)).toMatchObject({ dateOrder, zone: home.zone });
});
