import fc from "fast-check";
import { expect, it } from "vitest";
import { say } from "../message/index.ts";
import { readSettings } from "./read-settings.ts";
import { type SettingName, settings } from "./settings.ts";

const names = Object.keys(settings) as SettingName[];
const password = "correct-horse";

it("says something of every setting that it refuses, and never a password", () => {
  const around = fc.string({ maxLength: 12 });
  const address = fc
    .tuple(fc.constantFrom("", "mysql://", "http://", "s4://"), around, around)
    .map(([scheme, before, after]) => `${scheme}${before}:${password}@${after}`);
  const guarded = fc.constantFrom<SettingName>(
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "SMTP_URL",
    "SMS_URL",
    "RINGFENCE_FILES",
  );

  fc.assert(
    fc.property(guarded, address, (name, given) => {
      const read = readSettings([name], { [name]: given });
      for (const fault of read.ok ? [] : read.faults) {
        expect(say("en", fault)).toContain(`${name} is “`);
        expect(say("en", fault)).not.toContain(password);
      }
    }),
  );
});

it("returns all requested settings, or what is wrong with them", () => {
  const environment = fc.dictionary(fc.constantFrom(...names), fc.string());
  fc.assert(
    fc.property(fc.subarray(names, { minLength: 1 }), environment, (asked, environment) => {
      const read = readSettings(asked, environment);
      const answered = read.ok
        ? Object.keys(read.settings)
        : read.faults.map(({ key }) => key.replace("setting.", ""));

      expect(answered.length).toBeGreaterThanOrEqual(read.ok ? asked.length : 1);
      expect(asked).toEqual(expect.arrayContaining(answered));
    }),
  );
});
